import { openDeployment } from "../../../src/tools/config/deployment.ts";
import { TERMS_ACCEPTED, type Terms } from "./index.ts";

/**
 * The sample application in the workspace “demo”, and the attribute that it adds in both tokens. Switched on for no
 * connection: that is done in the console. What is there already stays, except its address and secret, which are the same in each run: a second start changes nothing.
 */
export async function setUpTerms(
  origin: string,
  key: string,
  terms: Terms,
  client_secret: string,
): Promise<void> {
  const api = openDeployment(origin, key);
  const make = async (path: string, body: Parameters<typeof api.write>[1]) => {
    if (!(await api.read(path))) await api.write(path, body, undefined);
  };
  for (const workspace of ["system", "demo"])
    await make(`workspaces/${workspace}/features/custom_apps`, { enabled: true });
  await make(`workspaces/demo/schema/${TERMS_ACCEPTED}`, {
    display_name: "Terms accepted on",
    type: "string",
  });
  for (const type of ["id_token", "access_token"])
    await make(`workspaces/demo/claims/${type}-${TERMS_ACCEPTED}`, {
      name: TERMS_ACCEPTED,
      type,
      source_path: TERMS_ACCEPTED,
    });
  await make("workspaces/demo/custom-apps/terms", { name: "Terms of service", url: terms.url });
  await api.patch("workspaces/demo/custom-apps/terms", { url: terms.url }, "*");
  const client_id = "post-authn.demo.terms";
  await api.patch(`workspaces/system/clients/${client_id}`, { client_secret }, "*");
  terms.register({ client_id, client_secret });
}
