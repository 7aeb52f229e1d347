/** The outbox of a person → directory and audit. A row may arrive twice: both receivers put by id. */
import type { Objects } from "../placed.ts";
import type { OutboxRow } from "./rows.ts";
import { auditShard, directoryShard } from "../shards.ts";

interface Row {
  readonly id: string;
  readonly value: OutboxRow;
}

/** @returns ids of the rows that arrived; the rest is tried again later */
export async function deliver(objects: Objects, rows: readonly Row[]): Promise<string[]> {
  const arrived: string[] = [];
  const batches = Map.groupBy(rows, ({ value }) =>
    value.to === "audit"
      ? auditShard(value.event.workspace, value.event.at)
      : directoryShard(value.workspace, value.subject),
  );
  for (const [shard, batch] of batches) {
    try {
      await send(objects, shard, batch);
      arrived.push(...batch.map(({ id }) => id));
    } catch (error) {
      console.warn({ event: "outbox_delayed", shard, rows: batch.length, error: String(error) });
    }
  }
  return arrived;
}

async function send(objects: Objects, shard: string, batch: readonly Row[]): Promise<void> {
  const events = batch.flatMap(({ id, value }) => (value.to === "audit" ? [{ id, event: value.event }] : []));
  if (events.length > 0) await objects.AUDIT.getByName(shard).append(events);
  for (const { value } of batch)
    if (value.to === "directory") {
      const directory = objects.DIRECTORY.getByName(shard);
      await ("person" in value
        ? directory.put(value.subject, value.person)
        : directory.remove(value.subject, value.erased_at));
    }
}
