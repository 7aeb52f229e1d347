import { applyPlan, type Step } from "../apply-plan.ts";
import { differs } from "../change.ts";
import type { Command, Setting } from "../command.ts";
import { describePlan } from "../describe-plan.ts";
import { address } from "../kinds.ts";
import { makeWorkspace } from "../make-workspace.ts";
import { planned } from "../planned.ts";

const DONE = {
  create: "created",
  change: "changed",
  send: "secrets sent",
  remove: "removed",
  left: "",
} as const;

/** Makes the workspace what the file says. */
export const apply: Command = async (setting) => {
  const { options, deployment, say, paint } = setting;
  const first = await planned(setting, options);
  say(describePlan(first, paint));
  if (options.dryRun) return differs(first) ? 2 : 0;
  if (!first.exists) {
    await makeWorkspace(deployment, first);
    say(`made ${first.workspace}`);
  }
  // A new workspace has records of its own from the first moment: planned again on top of them.
  const made = first.exists ? first : await planned(setting, options);
  await applyPlan(deployment, made, (step) => report(setting, step));
  return 0;
};

function report({ say }: Setting, { change, number, of, revealed }: Step): void {
  const name = address(change.kind, change.id);
  say(`[${number}/${of}] ${DONE[change.as]} ${name}`);
  for (const [member, value] of Object.entries(revealed))
    say(`      ${member}: ${value}   (shown once: keep it)`);
}
