import type { Plan } from "./change.ts";
import type { Deployment } from "./deployment.ts";

/** Makes a workspace with the settings of a plan, or with its id for a name. */
export async function makeWorkspace(
  deployment: Deployment,
  { workspace, changes }: Pick<Plan, "workspace" | "changes">,
): Promise<void> {
  const settings = changes.find(({ kind }) => kind.id === undefined)?.body ?? { name: workspace };
  await deployment.write(`workspaces/${workspace}`, settings, undefined);
}
