import { differs } from "../change.ts";
import type { Command } from "../command.ts";
import { describePlan } from "../describe-plan.ts";
import { planned } from "../planned.ts";

/** Whether somebody changed the workspace beside the file. What the file does not name counts as such. */
export const drift: Command = async (setting) => {
  const { say, paint, files } = setting;
  const made = await planned(setting, { ...setting.options, prune: true });
  if (!differs(made)) {
    say(`No drift: ${made.workspace} is what ${files.name} says.`);
    return 0;
  }
  say(`Drift: ${made.workspace} is not what ${files.name} says. To make it so:`);
  say(describePlan(made, paint));
  return 2;
};
