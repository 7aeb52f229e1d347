import type { Judged, Run } from "../targets.ts";

/** Everything as Markdown: a line for each work and subject, then the targets. */
export function table({ machine, figures, endurance }: Run, judged: readonly Judged[]): string {
  const rows = figures.map((one) => [
    one.work,
    one.subject,
    String(one.inFlight),
    one.cpu.toFixed(2),
    one.perSecond.toFixed(0),
    one.p50.toFixed(1),
    one.p99.toFixed(1),
    String(one.failed),
  ]);
  return [
    `Measured on ${machine}.\n`,
    grid(["work", "subject", "in flight", "CPU ms each", "a second", "p50 ms", "p99 ms", "failed"], rows),
    ...(endurance
      ? [`\n${endurance.signIns} sign-ins in a row, MiB after each tenth: ${endurance.memory.join(", ")}.\n`]
      : [""]),
    grid(
      ["target", "measured", ""],
      judged.map(({ target, measured, met }) => [target, measured, met ? "met" : "**missed**"]),
    ),
  ].join("\n");
}

function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
