/** What it takes to get from the workspace as it is to the one in the file. */
import type { JsonObject } from "../../flow.ts";
import type { Change, Plan } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import { differences } from "./differences.ts";
import { judgeSecrets } from "./judge-secrets.ts";
import { address, type Kind, kindsOf } from "./kinds.ts";
import { asLive, type Live, type LiveWorkspace } from "./live.ts";
import type { Wanted, WantedWorkspace } from "./wanted.ts";

/** @param prune whether what is in the workspace and not in the file goes */
export async function makePlan(
  deployment: Deployment,
  { workspace, records: wanted }: WantedWorkspace,
  { exists, records: live, standard }: LiveWorkspace,
  prune: boolean,
): Promise<Plan> {
  const changes: Change[] = [];
  for (const kind of kindsOf(workspace))
    for (const id of idsOf(kind)) {
      const name = address(kind, id);
      const judged = (found: Live | undefined) =>
        judge(kind, id, wanted.get(name), standard.get(name), found, prune);
      const first = judged(live.get(name));
      if (!first) continue;
      const seen = exists && live.has(name) ? await deployment.read(pathOf(workspace, first)) : undefined;
      // Judged again by what the ETag stands for: the list may be older.
      const again = seen ? judged(asLive(kind, seen.body)) : first;
      if (again) changes.push({ ...again, ...(seen && { etag: seen.etag }) });
    }
  return { workspace, exists, changes };

  function idsOf(kind: Kind): string[] {
    if (kind.id === undefined) return [""];
    const named = [...wanted.keys(), ...standard.keys(), ...live.keys()];
    const ids = named
      .filter((name) => name.startsWith(`${kind.name}/`))
      .map((name) => name.slice(kind.name.length + 1));
    return [...new Set(ids)].toSorted();
  }
}

export function pathOf(workspace: string, { kind, id }: Pick<Change, "kind" | "id">): string {
  const path = `workspaces/${workspace}`;
  return kind.id === undefined ? path : `${path}/${kind.name}/${encodeURIComponent(id)}`;
}

function judge(
  kind: Kind,
  id: string,
  wanted: Wanted | undefined,
  standard: JsonObject | undefined,
  live: Live | undefined,
  prune: boolean,
): Change | undefined {
  const common = { kind, id, notes: [], ...(wanted && { wanted }) };
  const gone = { ...common, body: {}, differences: live ? differences(live.body, {}) : [] };
  if (wanted?.body === null) return live && { as: "remove", ...gone };
  const target = wanted?.body ?? standard;
  if (!target) return live && kind.id !== undefined ? { as: prune ? "remove" : "left", ...gone } : undefined;
  const body = live ? kept(target, live.body) : target;
  const {
    notes,
    secrets,
    differences: names,
  } = wanted ? judgeSecrets(wanted, live) : { notes: [], differences: [] };
  const change = { ...common, body, notes, ...(secrets && { secrets }) };
  if (!live) return { as: "create", ...change, differences: differences({}, body) };
  const found = [...differences(live.body, body), ...names];
  if (found.length > 0) return { as: "change", ...change, differences: found };
  return secrets && { as: "send", ...change, differences: [] };
}

/** What an operator ended at once stays ended, whatever an older file says: `not_before` only grows. */
function kept(target: JsonObject, live: JsonObject): JsonObject {
  const [wanted, now] = [target["not_before"], live["not_before"]];
  return typeof wanted === "number" && typeof now === "number" && now > wanted
    ? { ...target, not_before: now }
    : target;
}
