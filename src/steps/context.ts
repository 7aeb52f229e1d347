/** Attributes → AuthenticationContext, by the connection's mappings. Two mappings to one target: the last one wins. */
import { fits } from "../config/data-type.ts";
import type { Connection } from "../connectors/index.ts";
import type { Attribute, Attributes, AuthenticationContext } from "../flow.ts";

/** Bytes (design §5.11). */
const LARGEST_CONTEXT = 65_536;

export function buildContext(connection: Connection, attributes: Attributes): AuthenticationContext {
  const context: Record<string, Attribute> = Object.create(null) as Record<string, Attribute>;
  let size = 0;
  for (const { source, target, type } of connection.mappings) {
    const attribute = Object.hasOwn(attributes, source) ? attributes[source] : undefined;
    if (!attribute || !fits(type, attribute.value)) continue;
    const bytes = new TextEncoder().encode(target + JSON.stringify(attribute)).length;
    if (size + bytes > LARGEST_CONTEXT) continue;
    size += bytes;
    context[target] = attribute;
  }
  return { ...context };
}
