/** Clocks that differ: ID tokens are then not valid yet, or over. */
import type { Seconds } from "../../flow.ts";
import { CLOCK_TOLERANCE } from "../code-flow.ts";
import { bad, type Finding, good, unknown } from "./finding.ts";

/** @param skew seconds that the provider's clock is ahead */
export function clockFinding(skew: Seconds | undefined): Finding {
  if (skew === undefined) return unknown("clock", "The provider does not say what time it has.");
  const seconds = Math.abs(skew);
  if (seconds <= CLOCK_TOLERANCE) return good("clock", "The provider's clock and ours agree.");
  return {
    ...bad(
      "clock",
      "clock_skew",
      `The provider's clock is ${seconds} seconds ${skew > 0 ? "ahead of" : "behind"} ours, and ${CLOCK_TOLERANCE} are tolerated.`,
      "Set the clock of whichever is wrong. On Cloudflare and at AWS clocks are right, so look at a server of your own, or a proxy between.",
    ),
    or: "Which of the two clocks is wrong cannot be told from here.",
  };
}
