/** Does what a plan says: writes in the order of what names what, then removals the other way. */
import type { JsonObject } from "../../flow.ts";
import type { Change, Plan } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import { pathOf } from "./make-plan.ts";
import { Refusal } from "../refusal.ts";
import { address } from "./kinds.ts";

export interface Step {
  readonly change: Change;
  readonly number: number;
  readonly of: number;
  /** Secrets that the API made: shown now or never. */
  readonly revealed: Readonly<Record<string, string>>;
}

/** Nothing is tried after an error. @throws Refusal that says what was done before */
export async function applyPlan(
  deployment: Deployment,
  { workspace, changes }: Plan,
  report: (step: Step) => void,
): Promise<void> {
  const writes = changes.filter(({ as }) => as === "create" || as === "change" || as === "send");
  const steps = [...writes, ...changes.filter(({ as }) => as === "remove").toReversed()];
  for (const [index, change] of steps.entries()) {
    try {
      const revealed = await applyChange(deployment, workspace, change);
      report({ change, number: index + 1, of: steps.length, revealed });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const done = index === 0 ? "nothing" : `${index} of ${steps.length} steps`;
      const name = address(change.kind, change.id);
      throw new Refusal(`${error.message}\nStopped at ${name}; done before it: ${done}, after it: nothing.`);
    }
  }
}

async function applyChange(
  deployment: Deployment,
  workspace: string,
  change: Change,
): Promise<Readonly<Record<string, string>>> {
  const { as, etag, body, secrets = {} } = change;
  const path = pathOf(workspace, change);
  if (as === "remove") {
    await deployment.remove(path, etag ?? "*");
    return {};
  }
  const written = await deployment.write(path, { ...body, ...secrets }, as === "create" ? undefined : etag);
  return revealedIn(change, written);
}

function revealedIn({ kind }: Change, written: JsonObject): Record<string, string> {
  // Of an application it is its client's.
  const [shown, names] =
    kind.name === "custom-apps"
      ? [(written["client"] ?? {}) as JsonObject, ["client_secret"]]
      : [written, kind.writeOnly];
  const found = names.flatMap((name) => {
    const value = shown[name];
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(found);
}
