/** The JSON Schema of a record as it is written: the same that the API's description shows. */
import type { JsonObject } from "../../flow.ts";
import type { RecordName } from "../../store/workspace/records.ts";
import { recordSchemas } from "../openapi/schemas.ts";

let known: JsonObject | undefined;

/** @param method of a connection: each kind has a schema of its own */
export function schemaOf(record: RecordName, method?: string): JsonObject {
  known ??= recordSchemas();
  const schema = known[record] as JsonObject;
  const variants = schema["oneOf"] as JsonObject[] | undefined;
  const ofKind = variants?.find(({ properties }) => {
    const { method: kind } = properties as { method?: JsonObject };
    return kind?.["const"] === method;
  });
  return ofKind ?? variants?.[0] ?? schema;
}
