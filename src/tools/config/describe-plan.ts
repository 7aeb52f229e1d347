/** A plan in words, one line a member. */
import type { Json } from "../../flow.ts";
import type { Change, Plan } from "./change.ts";
import { address } from "./kinds.ts";
import { shorten } from "./shorten.ts";
import { type Difference, differences } from "./differences.ts";

export type Colour = "green" | "yellow" | "red" | "dim";
export type Paint = (colour: Colour, text: string) => string;

const SIGNS = { create: "+", change: "~", send: "~", remove: "-", left: "·" } as const;
const COLOURS = { create: "green", change: "yellow", send: "yellow", remove: "red", left: "dim" } as const;
const WORDS = {
  create: "to create",
  change: "to change",
  send: "secrets to send",
  remove: "to remove",
} as const;

export function describePlan({ workspace, exists, changes }: Plan, paint: Paint): string {
  const made = exists ? "" : " (to be made)";
  const counts = { ...WORDS, left: "left" };
  const summary = Object.entries(counts)
    .map(([as, words]) => [changes.filter((change) => change.as === as).length, words] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`);
  const records = changes.flatMap((change) => record(change, paint));
  return [`Workspace ${workspace}${made}`, ...records, summary.join(", ") || "no difference"].join("\n");
}

function record(change: Change, paint: Paint): string[] {
  const { as, kind, id, notes } = change;
  const title = `  ${SIGNS[as]} ${address(kind, id)}`;
  if (as === "left") return [paint("dim", `${title} is not in the file and is left; --prune removes it`)];
  const lines = as === "create" ? differences({}, shorten(kind.schema, change.body)) : change.differences;
  const members = as === "remove" ? [] : lines.flatMap(member);
  return [paint(COLOURS[as], title), ...[...members, ...notes].map((line) => `      ${line}`)];
}

/** Characters that two values may take on one line. */
const ROOM = 100;

function member({ path, before, after }: Difference): string[] {
  const name = path.join(".");
  if (before === undefined) return [`${name}: ${text(after)}`];
  const line = `${name}: ${text(before)} → ${text(after)}`;
  if (line.length <= ROOM || !Array.isArray(before) || !Array.isArray(after)) return [line];
  const [was, is] = [before.map(text), after.map(text)];
  const lost = was.filter((item) => !is.includes(item)).map((item) => `  - ${item}`);
  const come = is.filter((item) => !was.includes(item)).map((item) => `  + ${item}`);
  return [`${name}:`, ...lost, ...come, ...(lost.length + come.length === 0 ? ["  in another order"] : [])];
}

function text(value: Json | undefined): string {
  return value === undefined ? "(none)" : JSON.stringify(value);
}
