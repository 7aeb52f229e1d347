import { differs } from "../change.ts";
import type { Command } from "../command.ts";
import { describePlan } from "../describe-plan.ts";
import { planned } from "../planned.ts";

/** What apply would do. */
export const plan: Command = async (setting) => {
  const made = await planned(setting, setting.options);
  setting.say(describePlan(made, setting.paint));
  return differs(made) ? 2 : 0;
};
