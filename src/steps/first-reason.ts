/** Why a claim of the context has no value: the first thing that went otherwise, back along the way that it should have come. */
import type { Absent, Ran } from "../lineage.ts";

export function firstReason(path: string, { read, mapped, changed }: Ran): Absent {
  const leads = ({ name }: { name: string }) =>
    name === path || name.startsWith(`${path}.`) || path.startsWith(`${name}.`);
  const touched = changed.findLast(leads);
  if (touched?.change === "removed") return "removed";
  const mapping = mapped.findLast(
    ({ target, left_out }) => left_out !== "replaced" && leads({ name: target }),
  );
  if (!mapping) return touched?.left_out ?? "not_mapped";
  const attribute = read.find(({ name }) => name === mapping.source);
  return attribute?.left_out ?? mapping.left_out ?? "missing";
}
