import { applyPlan } from "../../src/tools/config/apply-plan.ts";
import type { Change, Plan } from "../../src/tools/config/change.ts";
import { openDeployment } from "../../src/tools/config/deployment.ts";
import type { Difference } from "../../src/tools/config/differences.ts";
import { openFiles } from "../../src/tools/config/files.ts";
import { makeWorkspace } from "../../src/tools/config/make-workspace.ts";
import { pathOf } from "../../src/tools/config/make-plan.ts";
import { planned } from "../../src/tools/config/planned.ts";
import type { Environment } from "../../src/tools/config/references.ts";
import { root } from "./worker.ts";

/** Sets the demo up from its file. What is there already stays as its operator left it, except what has to follow this run. */
export async function setUp(origin: string, key: string, environment: Environment): Promise<void> {
  const deployment = openDeployment(origin, key);
  const files = openFiles(`${root}test/local/demo.yaml`, root);
  const plan = () => planned({ origin, deployment, files, environment }, {});
  const first = await plan();
  if (!first.exists) await makeWorkspace(deployment, first);
  const made = first.exists ? first : await plan();
  await applyPlan(deployment, missing(made), () => {});
  for (const change of made.changes) {
    const followed = change.as === "change" ? change.differences.filter((one) => follows(one, change)) : [];
    if (followed.length === 0) continue;
    const patch = { ...nested(followed), ...change.secrets };
    await deployment.patch(pathOf(made.workspace, change), patch, change.etag ?? "*");
  }
}

/** Records that the file names and that are not there. */
const missing = (plan: Plan): Plan => ({
  ...plan,
  changes: plan.changes.filter(({ as, wanted }) => as === "create" && wanted !== undefined),
});

/** Whether the file takes this value, or a part of it, from the environment. */
function follows({ path }: Difference, { wanted }: Change): boolean {
  return (wanted?.referred ?? []).some((referred) => path.every((name, index) => name === referred[index]));
}

/** Differences as a merge patch. */
function nested(differences: readonly Difference[]) {
  const patch: Patch = {};
  for (const { path, after } of differences) {
    let at = patch;
    for (const name of path.slice(0, -1)) at = (at[name] ??= {}) as Patch;
    at[path.at(-1) ?? ""] = after ?? null;
  }
  return patch;
}

type Patch = Parameters<ReturnType<typeof openDeployment>["patch"]>[1];
