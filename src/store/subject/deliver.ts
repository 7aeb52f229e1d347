/** The outbox of a person → directory, audit, and the other object of a link. A row may arrive twice: no receiver minds. */
import type { PersonEvent } from "../../audit/event.ts";
import type { Objects } from "../placed.ts";
import { auditShard, directoryShard, subjectObject } from "../shards.ts";
import type { LinkSays, OutboxRow } from "./rows.ts";

interface Row {
  readonly id: string;
  readonly value: OutboxRow;
}
type DirectoryRow = Extract<OutboxRow, { to: "directory" }>;
interface Parcel {
  readonly row: string;
  readonly shard: string;
  readonly content: { readonly id: string; readonly event: PersonEvent } | DirectoryRow | LinkSays;
}

/** @returns ids of the rows that arrived whole; the rest is tried again later */
export async function deliver(objects: Objects, rows: readonly Row[]): Promise<string[]> {
  const failed = new Set<string>();
  const batches = Map.groupBy(rows.flatMap(parcels), ({ shard }) => shard);
  for (const [shard, batch] of batches) {
    try {
      await send(objects, shard, batch);
    } catch (error) {
      for (const { row } of batch) failed.add(row);
      console.warn(
        JSON.stringify({ type: "outbox_delayed", shard, rows: batch.length, error: String(error) }),
      );
    }
  }
  return rows.map(({ id }) => id).filter((id) => !failed.has(id));
}

function parcels({ id: row, value }: Row): Parcel[] {
  switch (value.to) {
    case "directory":
      return [{ row, shard: directoryShard(value.workspace, value.subject), content: value }];
    case "subject":
      return [{ row, shard: subjectObject(value.about.workspace, value.about.subject), content: value }];
    case "audit":
      return value.events.map((event, index) => ({
        row,
        shard: auditShard(event.workspace, event.at),
        content: { id: eventId(row, event, index), event },
      }));
  }
}

/** The same each time, and in the order of events: the log sorts by it, and knows by it what it has. */
function eventId(row: string, { at }: PersonEvent, index: number): string {
  return `${at}-${row.slice(row.indexOf("-") + 1)}-${String(index).padStart(3, "0")}`;
}

async function send(objects: Objects, shard: string, batch: readonly Parcel[]): Promise<void> {
  const events = batch.flatMap(({ content }) => ("event" in content ? [content] : []));
  if (events.length > 0) await objects.AUDIT.getByName(shard).append(events);
  for (const { content } of batch) {
    if (!("to" in content)) continue;
    if (content.to === "subject") await objects.SUBJECT.getByName(shard).linkSays(content);
    else {
      const directory = objects.DIRECTORY.getByName(shard);
      await ("person" in content
        ? directory.put(content.subject, content.person)
        : directory.remove(content.subject, content.erased_at));
    }
  }
}
