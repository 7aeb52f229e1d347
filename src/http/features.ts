/** Feature flags: on only where both the deployment and the workspace switched them on. */
import type { Feature } from "../config/feature.ts";
import type { Configuration } from "../store/configuration.ts";
import { SYSTEM, type WorkspaceDocument } from "../store/published.ts";

export async function isOn(
  configuration: Configuration,
  flag: Feature["flag"],
  workspace: Pick<WorkspaceDocument, "features">,
): Promise<boolean> {
  const enabled = ({ features }: Pick<WorkspaceDocument, "features">) =>
    features.some((feature) => feature.flag === flag && feature.enabled);
  if (!enabled(workspace)) return false;
  const system = await configuration.workspace(SYSTEM);
  return system !== undefined && enabled(system);
}
