/** A record without what its schema would fill in again. Members come in the order of the schema. */
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { isObject } from "../../config/json.ts";
import type { Json, JsonObject } from "../../flow.ts";

export function shorten(schema: z.ZodType, record: JsonObject): JsonObject {
  return within(schema, record) as JsonObject;
}

/** @returns undefined for what is there without being written */
function short(schema: z.ZodType, value: Json): Json | undefined {
  const usual = schema.safeParse(undefined);
  return usual.success && isDeepStrictEqual(usual.data, value) ? undefined : within(schema, value);
}

function within(schema: z.ZodType, value: Json): Json {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.map((item) => within(inner.element as z.ZodType, item));
  if (inner instanceof z.ZodDiscriminatedUnion) return within(optionOf(inner, value), value);
  if (!(inner instanceof z.ZodObject) || !isObject(value)) return value;
  const shape = inner.shape as Readonly<Record<string, z.ZodType>>;
  const known = Object.entries(shape).flatMap(([name, member]) => {
    const kept = Object.hasOwn(value, name) ? short(member, value[name] ?? null) : undefined;
    return kept === undefined ? [] : [[name, kept] as const];
  });
  // A loose object, such as a JWK, has members that no schema names.
  const others = Object.entries(value).filter(([name]) => !Object.hasOwn(shape, name));
  return Object.fromEntries([...known, ...others]);
}

function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;
}

function optionOf({ options, def }: z.ZodDiscriminatedUnion, value: Json): z.ZodType {
  const word = (value as JsonObject)[def.discriminator];
  const fits = (option: z.core.SomeType) =>
    option instanceof z.ZodObject && (option.shape[def.discriminator] as z.ZodType).safeParse(word).success;
  return (options.find(fits) ?? z.json()) as z.ZodType;
}
