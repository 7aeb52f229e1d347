/** The client of the workspace `system` that a post-authentication application proves itself with. */
import { appClientId, MANAGE_POST_AUTHN } from "../config/custom-app.ts";
import type { JsonObject } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { isOn } from "../http/features.ts";
import { expectChange, readConfiguration } from "../store/configuration.ts";
import { hashSecret } from "../crypto/secret.ts";
import { SYSTEM } from "../store/published.ts";
import { clock } from "../store/rows.ts";
import type { Once } from "../store/workspace/put.ts";
import { termsOf, workspaceOf } from "./exchange.ts";
import { Problem } from "./problem.ts";

/** @throws Problem 422 where the feature is off */
export async function demandCustomApps(c: AppContext): Promise<void> {
  const configuration = readConfiguration(c.env, clock);
  const workspace = await configuration.workspace(workspaceOf(c));
  if (workspace && (await isOn(configuration, "custom_apps", workspace))) return;
  throw new Problem(
    422,
    "the feature custom_apps is off: switch it on in the workspace system and in this workspace",
  );
}

/** Made with the application; its secret is in that one answer. @returns the client, with the secret when it is new */
export async function ensureClient(
  c: AppContext,
  { id, name }: { readonly id: string; readonly name: string },
  once: Once | undefined,
): Promise<JsonObject> {
  const system = c.env.WORKSPACE.getByName(SYSTEM);
  const client_id = appClientId(workspaceOf(c), id);
  const { by, request_id } = await termsOf(c);
  if (!once && (await system.get("clients", client_id))) return { client_id };
  const terms = { by, request_id, expected: 0 };
  const scope = { display_name: "Read and answer sign-ins that wait for an application" };
  await system.put("scopes", MANAGE_POST_AUTHN, JSON.stringify(scope), terms);
  const client = {
    client_name: name,
    grant_types: ["client_credentials"],
    response_types: [],
    scope: MANAGE_POST_AUTHN,
  };
  // A retry that lost the first answer gets the secret again; of this client, whatever else the key was used for.
  const again = once && {
    key: await hashSecret(JSON.stringify([once.key, client_id])),
    request: once.request,
  };
  const written = await system.put("clients", client_id, JSON.stringify(client), {
    ...terms,
    ...(again && { once: again }),
  });
  expectChange(SYSTEM);
  return "revealed" in written && written.revealed
    ? { client_id, ...(JSON.parse(written.revealed) as JsonObject) }
    : { client_id };
}

/** With the application, so that nobody keeps a secret that opens nothing. */
export async function dropClient(c: AppContext, id: string): Promise<void> {
  const { by, request_id } = await termsOf(c);
  const client_id = appClientId(workspaceOf(c), id);
  await c.env.WORKSPACE.getByName(SYSTEM).remove("clients", client_id, { by, request_id });
  expectChange(SYSTEM);
}
