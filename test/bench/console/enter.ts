import { API_SCOPES } from "../../../src/config/api-scopes.ts";
import { openKeyring } from "../../../src/crypto/keyring.ts";
import { seal } from "../../../src/crypto/seal.ts";

/** @param path below `/api/workspaces` */
export type Api = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

/** As whoever operates it: with a token, since the bootstrap key closes. @returns the console's cookie */
export async function enter(api: Api, origin: string, deployment_key: string): Promise<string> {
  const scopes = [...API_SCOPES];
  const client = { client_name: "Bench", grant_types: ["client_credentials"], scope: scopes };
  const { client_secret } = await api("PUT", "system/clients/bench", client);
  await api("PUT", "system/operators/bench", { client_id: "bench", scopes, workspaces: ["*"] });
  const answer = await fetch(`${origin}/system/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`bench:${String(client_secret)}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials", resource: `${origin}/api` }),
  });
  const { access_token: bearer } = (await answer.json()) as { access_token: string };
  const place = { purpose: "console", workspace: "system", owner: "session" } as const;
  const session = { bearer, until: Math.floor(Date.now() / 1_000) + 3_600 };
  return `__Host-system-console=${await seal(openKeyring(deployment_key), place, session)}`;
}
