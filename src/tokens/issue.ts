/** Grant → Tokens: the token response (RFC 6749 §5.1). */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import { writeHandle } from "../crypto/handle.ts";
import type { Grant, Seconds } from "../flow.ts";
import { accessToken } from "./access-token.ts";
import { idToken } from "./id-token.ts";

export interface Tokens {
  readonly access_token: string;
  readonly token_type: "Bearer";
  readonly expires_in: Seconds;
  readonly scope?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
}

export async function issueTokens(broker: Broker, client: Client, grant: Grant): Promise<Tokens> {
  const { token, scope, expires_in } = await accessToken(broker, grant);
  const openid = grant.subject !== undefined && grant.scope.includes("openid");
  return {
    access_token: token,
    token_type: "Bearer",
    expires_in,
    ...(scope.length > 0 && { scope: scope.join(" ") }),
    ...(openid && { id_token: await idToken(broker, client, grant, token) }),
    ...(grant.refresh_generation !== undefined && { refresh_token: await refreshToken(broker, grant) }),
  };
}

/** The bytes are a function of grant and generation: a retry gets the same token (design §5.3). */
async function refreshToken({ keyring, workspace }: Broker, grant: Grant): Promise<string> {
  const handle = { subject: grant.subject ?? "", id: grant.id, generation: grant.refresh_generation ?? 0 };
  return writeHandle(keyring, "rt", workspace.id, handle);
}
