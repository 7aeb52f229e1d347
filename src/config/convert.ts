/**
 * Weak decoding: exactly the conversions that `allow_weak_decoding` promises, and no other. It is what mapstructure's
 * `WeaklyTypedInput` does to JSON values; our one number type stands for its integers, and there is none without a sign.
 */
import { type DataType, fits } from "./data-type.ts";
import type { Json, JsonObject } from "../flow.ts";

/** A boxed value, so that `false` and an empty text are values. */
export type Converted = { readonly value: Json } | undefined;

type Rule = (value: Json) => Converted;

const TRUE = new Set(["1", "t", "T", "TRUE", "true", "True"]);
const FALSE = new Set(["0", "f", "F", "FALSE", "false", "False"]);

const RULES: Record<DataType, Rule> = {
  any: (value) => ({ value }),
  string(value) {
    if (typeof value === "boolean") return { value: value ? "1" : "0" };
    return typeof value === "number" ? { value: decimal(value) } : undefined;
  },
  number(value) {
    if (typeof value === "boolean") return { value: value ? 1 : 0 };
    return typeof value === "string" ? integer(value) : undefined;
  },
  bool(value) {
    if (typeof value === "number") return Number.isInteger(value) ? { value: value !== 0 } : undefined;
    if (typeof value !== "string") return undefined;
    if (TRUE.has(value)) return { value: true };
    return FALSE.has(value) ? { value: false } : undefined;
  },
  object(value) {
    if (!Array.isArray(value) || !fits("object_array", value)) return undefined;
    // Members of the later ones win; an empty list makes an empty object.
    return { value: Object.fromEntries(value.flatMap((member) => Object.entries(member as JsonObject))) };
  },
  string_array: listOf("string"),
  number_array: listOf("number"),
  bool_array: listOf("bool"),
  object_array: listOf("object"),
};

/** @returns undefined for a value that the type cannot take */
export function convert(type: DataType, value: Json): Converted {
  return fits(type, value) ? { value } : RULES[type](value);
}

/** A single value becomes a list of one; every element is converted in the same way; an empty object is an empty list. */
function listOf(type: DataType): Rule {
  return (value) => {
    if (isEmptyObject(value)) return { value: [] };
    const converted: Json[] = [];
    for (const element of Array.isArray(value) ? value : [value]) {
      const one = element === null ? undefined : convert(type, element);
      if (!one) return undefined;
      converted.push(one.value);
    }
    return { value: converted };
  };
}

function isEmptyObject(value: Json): boolean {
  return fits("object", value) && Object.keys(value as JsonObject).length === 0;
}

const INTEGER = /^([+-]?)(?:(0[xX][0-9a-fA-F]+|0[bB][01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;

/** The prefix says the base: `0x`, `0b`, `0o` or a leading zero. What a number cannot hold exactly is no number. */
function integer(text: string): Converted {
  if (text.length > 100) return undefined;
  const [, sign, prefixed, octal, plain] = INTEGER.exec(text) ?? [];
  const digits = prefixed ?? (octal === undefined ? plain : `0o${octal}`);
  if (digits === undefined) return undefined;
  const value = Number(digits) * (sign === "-" ? -1 : 1);
  return Number.isSafeInteger(value) ? { value: value === 0 ? 0 : value } : undefined;
}

/** Base 10 with every digit and no exponent. */
function decimal(number: number): string {
  const [, sign = "", whole = "", fraction = "", exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number)) ?? [];
  if (exponent === undefined) return String(number);
  const shift = Number(exponent);
  const digits = whole + fraction;
  if (shift < 0) return `${sign}0.${"0".repeat(-shift - whole.length)}${digits}`;
  return `${sign}${digits.padEnd(whole.length + shift, "0")}`;
}
