/** What mappings gave lately, counted from the events of one day. */
import type { AuditEvent } from "../../audit/event.ts";
import { indexesOf } from "../../audit/yielded.ts";

/** Of one connection and one list of its mappings. */
export interface Yields {
  readonly connection: string;
  /** Names the list. */
  readonly mappings: string;
  readonly sign_ins: number;
  /** Places of those that gave a value at least once, from 0 on. */
  readonly yielded: readonly number[];
}

/** @param events any, of which sign-ins count */
export function yieldsOf(events: Iterable<AuditEvent>): Yields[] {
  const all = new Map<string, Omit<Yields, "yielded"> & { yielded: Set<number> }>();
  for (const event of events) {
    if (event.type !== "sign_in" || event.mappings === undefined || event.yielded === undefined) continue;
    const { connection, mappings, yielded } = event;
    const name = JSON.stringify([connection, mappings]);
    const known = all.get(name) ?? { connection, mappings, sign_ins: 0, yielded: new Set<number>() };
    for (const index of indexesOf({ yielded })) known.yielded.add(index);
    all.set(name, { ...known, sign_ins: known.sign_ins + 1 });
  }
  return [...all.values()].map((one) => ({ ...one, yielded: [...one.yielded] }));
}
