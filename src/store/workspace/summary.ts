/** A connection as the list of its workspace has it. */
import type { ConnectionBase, ConnectionSummary } from "../../config/connection.ts";
import type { JsonObject } from "../../flow.ts";
import type { Change } from "./record-kind.ts";

type Stored = ConnectionSummary & Partial<ConnectionBase>;

/** @param connection as stored, or as its schema makes it */
export function summaryOf(connection: JsonObject): ConnectionSummary {
  const { id, name, method, logo_uri, disabled, hidden, display_order, discovery_settings, not_before } =
    connection as unknown as Stored;
  return {
    id,
    name,
    method,
    ...(logo_uri && { logo_uri }),
    disabled,
    hidden,
    display_order,
    ...(discovery_settings?.domains.length && { discovery: discovery_settings }),
    not_before,
  };
}

/** Most changes are of mappings and settings: the list of all connections need not be written and read again for them. */
export function isListedAsBefore({ before, after }: Change): boolean {
  return JSON.stringify(summaryOf(before)) === JSON.stringify(summaryOf(after));
}
