/** RFC 9068 §4 at our own resource endpoints: a live token of a person, for this issuer, with the scope that is needed. */
import type { Broker } from "../broker.ts";
import type { Grant } from "../flow.ts";
import { storedGrant } from "../grants/stored-grant.ts";
import { OAuthError } from "../oauth/error.ts";
import type { AccessClaims } from "./access-token.ts";
import { knownAccessToken } from "./known-access-token.ts";
import { liveBasis } from "./live.ts";

export interface OwnToken {
  readonly claims: AccessClaims;
  /** The token's scope, which may be less than the grant's. */
  readonly scope: readonly string[];
  readonly grant: Grant;
}

/** @throws OAuthError `invalid_token` or `insufficient_scope` */
export async function readOwnToken(broker: Broker, token: string, needed: string): Promise<OwnToken> {
  const claims = await knownAccessToken(broker, token);
  if (!claims)
    throw new OAuthError("invalid_token", "the access token is not valid", { reason: "not ours or expired" });
  if (![claims.aud].flat().includes(broker.issuer))
    throw new OAuthError("invalid_token", "the access token is for another API");
  const scope = claims.scope?.split(" ") ?? [];
  if (!scope.includes(needed))
    throw new OAuthError("insufficient_scope", `the access token lacks the scope ${needed}`, {
      scope: needed,
    });
  const basis = await liveBasis(broker, claims);
  const [id = ""] = claims.jti.split(".");
  const grant = basis?.by === "person" ? await storedGrant(broker, claims.sub, id, basis.grant) : undefined;
  if (!grant) throw new OAuthError("invalid_token", "the access token is not valid any more");
  return { claims, scope, grant };
}
