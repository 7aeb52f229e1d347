/** Types of attributes. A value of another type is left out and recorded, never converted by guess. */
import * as z from "zod";
import { isObject } from "./json.ts";

const DATA_TYPES = [
  "string",
  "number",
  "bool",
  "string_array",
  "number_array",
  "bool_array",
  "object",
  "object_array",
  "any",
] as const;
export const DataType = z.enum(DATA_TYPES);
export type DataType = z.infer<typeof DataType>;

const isString = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);
const isBool = (value: unknown) => typeof value === "boolean";
const every = (fits: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(fits);

const FITS: Record<DataType, (value: unknown) => boolean> = {
  string: isString,
  number: isNumber,
  bool: isBool,
  string_array: every(isString),
  number_array: every(isNumber),
  bool_array: every(isBool),
  object: isObject,
  object_array: every(isObject),
  any: () => true,
};

/** Whether a value is of a type; a number is one that is finite. */
export function fits(type: DataType, value: unknown): boolean {
  return FITS[type](value);
}

/** What a value is, in the words of the data types: what the lineage says was converted. */
export function kindOf(value: unknown): "null" | "bool" | "number" | "string" | "array" | "object" {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  if (type === "boolean") return "bool";
  return type === "number" || type === "string" ? type : "object";
}
