/** UpstreamIdentity → Attributes: what the connection is configured to read (design §5.11 bounds each value). */
import { fits } from "../config/data-type.ts";
import { parsePath, valueAt } from "../config/path.ts";
import type { Connection } from "../connectors/index.ts";
import type { Attribute, Attributes, Json, UpstreamIdentity } from "../flow.ts";

const LARGEST_VALUE = 16_384;
const MOST_ELEMENTS = 500;

/** A value that is missing, null, of another type or too large is left out whole. */
export function readAttributes(connection: Connection, identity: UpstreamIdentity): Attributes {
  const found: Record<string, Attribute> = {};
  for (const { source, name, type } of connection.attributes) {
    const value = valueAt(identity.sources[source], parsePath(name));
    if (value === undefined || value === null || !fits(type, value) || !isSmall(value)) continue;
    const path = `${source}.${name}`;
    found[path] = { value: value as Json, lineage: [{ connection: connection.id, source: path }] };
  }
  return found;
}

function isSmall(value: unknown): boolean {
  if (Array.isArray(value) && value.length > MOST_ELEMENTS) return false;
  return new TextEncoder().encode(JSON.stringify(value)).length <= LARGEST_VALUE;
}
