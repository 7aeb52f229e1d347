/** Operators of the deployment, beside the bootstrap key. */
import { api, must, type Answer } from "./api.ts";
import { ORIGIN } from "./bindings.ts";
import { relyingParty, type RelyingParty } from "./client.ts";
import { API_SCOPES } from "../src/config/api-scopes.ts";
import * as oauth from "oauth4webapi";
import { random, SECRET } from "./world.ts";

/** What tokens for the admin API are asked for (RFC 8707). */
export const API = `${ORIGIN}/api`;
const SYSTEM = `${ORIGIN}/system`;

export interface OperatorClient {
  readonly client_id: string;
  readonly party: RelyingParty;
  readonly token: string;
  /** The API, as this operator. */
  readonly api: (method: string, path: string, body?: object) => Promise<Answer>;
}

export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}

/** A client of `system`. The workspace is there since the first one was made. */
export async function systemClient(metadata: object = {}): Promise<RelyingParty> {
  const client_id = `op-${random()}`;
  await must("PUT", `workspaces/system/clients/${client_id}`, {
    client_name: "Robot",
    client_secret: SECRET,
    grant_types: ["client_credentials"],
    scope: [...API_SCOPES],
    ...metadata,
  });
  const { redirect_uris: [redirect_uri = ""] = [] } = metadata as { redirect_uris?: string[] };
  return relyingParty(SYSTEM, { client_id }, oauth.ClientSecretBasic(SECRET), redirect_uri);
}

/** A program that may do this much: a client of `system` with a rule of its own. */
export async function operatorClient(
  scopes: readonly string[],
  workspaces: readonly string[],
): Promise<OperatorClient> {
  const party = await systemClient();
  const { client_id } = party.client;
  await must("PUT", `workspaces/system/operators/${client_id}`, { client_id, scopes, workspaces });
  const { access_token: token } = await party.clientCredentials({ resource: API, scope: scopes.join(" ") });
  const call: OperatorClient["api"] = (method, path, body) => api(method, path, body, bearer(token));
  return { client_id, party, token, api: call };
}
