/** Grant → Tokens: the token response (RFC 6749 §5.1). */
import type { Broker } from "../broker.ts";
import type { Claim } from "../config/claim.ts";
import type { Client } from "../config/client.ts";
import { writeHandle } from "../crypto/handle.ts";
import type { Grant, Seconds } from "../flow.ts";
import { OAuthError } from "../oauth/error.ts";
import { accessToken } from "./access-token.ts";
import { lacking } from "./claims.ts";
import { factsOf } from "./facts.ts";
import { idToken } from "./id-token.ts";
import type { LeftOut } from "./mint.ts";

export interface Tokens {
  readonly access_token: string;
  readonly token_type: "Bearer";
  readonly expires_in: Seconds;
  readonly scope?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
}

export async function issueTokens(broker: Broker, client: Client, grant: Grant): Promise<Tokens> {
  const openid = grant.subject !== undefined && grant.scope.includes("openid");
  refuseWithout(lackingOf(broker, client, grant));
  const { token: access_token, scope, expires_in, ...access } = await accessToken(broker, client, grant);
  const id = openid ? await idToken(broker, client, grant, access_token) : undefined;
  const left_out = [...access.left_out, ...(id?.left_out ?? [])];
  refuseWithout(left_out.filter((claim) => claim.required));
  if (left_out.length > 0 && grant.subject !== undefined && grant.session !== undefined) {
    const names = left_out.map(({ name, type }) => `${type}.${name}`);
    const about = broker.about(grant.subject);
    await broker.subject(grant.subject).leftOut(about, grant.session, client.client_id, names);
  }
  return {
    access_token,
    token_type: "Bearer",
    expires_in,
    ...(scope.length > 0 && { scope: scope.join(" ") }),
    ...(id && { id_token: id.token }),
    ...(grant.refresh_generation !== undefined && { refresh_token: await refreshToken(broker, grant) }),
  };
}

function lackingOf({ workspace }: Broker, client: Client, grant: Grant): readonly Claim[] {
  if (grant.subject === undefined) return [];
  const facts = factsOf(workspace, client, grant);
  return (["id_token", "access_token"] as const).flatMap((to) =>
    lacking(workspace.claims, { to, scope: grant.scope, requested: grant.claims }, facts),
  );
}

/** A claim that is required is there, or there is no token (design §5.11). */
function refuseWithout(claims: readonly LeftOut[]): void {
  const [first] = claims;
  if (!first) return;
  const reason = `the claim ${first.name} of the ${first.type} has no value or does not fit`;
  throw new OAuthError("invalid_grant", "a claim that is required cannot be given", { reason });
}

/** The bytes are a function of grant and generation: a retry gets the same token (design §5.3). */
async function refreshToken({ keyring, workspace }: Broker, grant: Grant): Promise<string> {
  const handle = { subject: grant.subject ?? "", id: grant.id, generation: grant.refresh_generation ?? 0 };
  return writeHandle(keyring, "rt", workspace.id, handle);
}
