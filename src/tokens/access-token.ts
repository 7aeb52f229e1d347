/** RFC 9068 — JWT access tokens; or, where the workspace says so, tokens that only we can read. */
import type { JWTPayload } from "jose";
import type { Broker } from "../broker.ts";
import type { Api } from "../config/api.ts";
import type { Client } from "../config/client.ts";
import { randomId } from "../crypto/handle.ts";
import { seal } from "../crypto/seal.ts";
import type { Grant, Seconds } from "../flow.ts";
import { someStandFor } from "../oauth/dynamic-scope.ts";
import { asClaims, released } from "./claims.ts";
import { factsOf } from "./facts.ts";
import type { Minted } from "./id-token.ts";
import { identityClaims } from "./identity-claims.ts";
import { fitting } from "./mint.ts";
import { sign } from "../crypto/signer.ts";
import { roomBeside } from "./room.ts";

/** What every access token of ours says, whichever form it has. */
export interface AccessClaims extends JWTPayload {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string | string[];
  readonly exp: Seconds;
  readonly iat: Seconds;
  /** `{grant}.{random}`, or random where there is no grant behind it. */
  readonly jti: string;
  readonly client_id: string;
  /** Absent where nothing was asked for (RFC 6749 §3.3 knows no empty scope). */
  readonly scope?: string;
}

export interface AccessToken extends Minted {
  /** What the token says, which may be less than the grant. */
  readonly scope: readonly string[];
  readonly expires_in: Seconds;
}

/** For the person's or the client's own grant, with the algorithm and lifetime of the API it is for. */
export async function accessToken(broker: Broker, client: Client, grant: Grant): Promise<AccessToken> {
  const { settings, apis, claims } = broker.workspace;
  const targets = apis.filter((api) => grant.resource.includes(api.identifier));
  const expires_in = Math.min(
    ...(targets.length > 0 ? targets : [undefined]).map(
      (api) => api?.access_token_lifetime ?? settings.access_token_lifetime,
    ),
  );
  const scope = scopeFor(grant.scope, targets);
  const now = broker.now();
  const audience = grant.resource.length > 0 ? grant.resource : [broker.issuer];
  const protocol: AccessClaims = {
    iss: broker.issuer,
    sub: grant.subject ?? grant.client_id,
    aud: audience.length === 1 ? (audience[0] ?? broker.issuer) : [...audience],
    exp: now + expires_in,
    iat: now,
    jti: grant.subject ? `${grant.id}.${randomId()}` : randomId(),
    client_id: grant.client_id,
    ...(scope.length > 0 && { scope: scope.join(" "), scp: scope }),
    ...(grant.session && { sid: grant.session }),
    ...identityClaims(grant.authentication),
  };
  const mintedBeside = (there: object) =>
    fitting("access_token", grant.minted?.access_token, roomBeside(there));
  if (settings.access_token_strategy === "opaque") {
    // Only introspection reads it. What is configured is asked for there; what a script said once is said again.
    const minted = mintedBeside(protocol);
    const token = `at.${await seal(broker.keyring, place(broker), { ...minted.claims, ...protocol })}`;
    return { token, scope, expires_in, left_out: minted.left_out };
  }
  const asked = { to: "access_token", scope: grant.scope, requested: grant.claims } as const;
  const configured = released(claims, asked, factsOf(broker.workspace, client, grant));
  const written = asClaims(configured, roomBeside(protocol));
  const alg = targets.find((api) => api.access_token_signing_alg)?.access_token_signing_alg ?? "RS256";
  // Protocol claims last: nothing configured can replace them (design §5.5).
  const minted = mintedBeside({ ...protocol, ...written.claims });
  const payload = { ...written.claims, ...minted.claims, ...protocol };
  const token = await sign(broker, alg, "at+jwt", payload);
  return { token, scope, expires_in, left_out: [...written.left_out, ...minted.left_out] };
}

/** The scopes that mean something to the APIs that the token is for; APIs without a list take all. */
function scopeFor(scope: readonly string[], targets: readonly Api[]): string[] {
  if (targets.length === 0 || targets.some((api) => api.scopes.length === 0)) return [...scope];
  return scope.filter((name) => targets.some((api) => someStandFor(api.scopes, name)));
}

/** Where an opaque one is sealed for. */
export function place({ workspace }: Pick<Broker, "workspace">) {
  return { purpose: "token:access", workspace: workspace.id } as const;
}
