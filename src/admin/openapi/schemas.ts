/** The schema of each record as OpenAPI says it: what is sent, and what comes back beside it. */
import * as z from "zod";
import type { Json, JsonObject } from "../../flow.ts";
import { RECORDS, type RecordName } from "../../store/workspace/records.ts";
import { READ_ONLY } from "../resources.ts";

export function recordSchemas(): JsonObject {
  const names = Object.keys(RECORDS) as RecordName[];
  return Object.fromEntries(names.map((name) => [name, recordSchema(name)]));
}

export function schema(judge: z.ZodType): JsonObject {
  const { $schema: _, ...described } = z.toJSONSchema(judge, { io: "input", unrepresentable: "any" });
  return JSON.parse(JSON.stringify(described), anyJson) as JsonObject;
}

/** "Any JSON" is defined by itself, at the root of a document that this one is only a part of: said as anything. */
function anyJson(name: string, value: unknown): unknown {
  if (name === "$defs") return undefined;
  const isReference = typeof value === "object" && value !== null && "$ref" in value;
  return isReference && String(value.$ref).startsWith("#/$defs/") ? {} : value;
}

/** Members that are written under another name than they are kept under. */
const WRITE_ONLY: JsonObject = {
  client_secret: {
    type: ["string", "null"],
    minLength: 32,
    description:
      "Left out, the secret stays, or is made with the record and shown once; null makes a new one.",
  },
};

/** A kind of connections is one variant of several. */
function recordSchema(name: RecordName): JsonObject {
  const { oneOf, ...described } = schema(RECORDS[name].schema);
  return Array.isArray(oneOf)
    ? { ...described, oneOf: oneOf.map((variant) => asSent(name, variant as JsonObject)) }
    : asSent(name, described);
}

/** The id is in the URL, and may be in the body too. */
function asSent(name: RecordName, { properties, required, ...described }: JsonObject): JsonObject {
  const { id, secret, writeOnly } = RECORDS[name];
  const members = Object.entries(properties as JsonObject);
  const kept = members.filter(([member]) => !isOneOf(secret, member) || isOneOf(writeOnly, member));
  const brought = writeOnly.map((member) => {
    const known = members.find(([kind]) => kind === member)?.[1] ?? WRITE_ONLY[member];
    return [member, { ...(known as JsonObject), writeOnly: true }];
  });
  const shown = (READ_ONLY[name] ?? []).map((member): [string, Json] => [member, { readOnly: true }]);
  const needed = ((required ?? []) as string[]).filter((member) => member !== id);
  return {
    ...described,
    properties: Object.fromEntries([...kept, ...brought, ...shown]) as JsonObject,
    ...(needed.length > 0 && { required: needed }),
  };
}

const isOneOf = (names: readonly string[], name: string) => names.includes(name);
