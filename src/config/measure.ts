/** Is a value fit to be carried (design §5.11)? What is not is left out whole, with the reason in the lineage. */
import type { Json, JsonObject } from "../flow.ts";

const LARGEST_VALUE = 16_384;
const MOST_ELEMENTS = 500;
const DEEPEST = 20;

/** Why a value cannot be carried, in a word. */
export type Unfit = "too_large" | "too_many_elements" | "too_deep" | "inexact_number";

/** @returns the bytes of the value as JSON, or what is wrong with it */
export function measure(value: Json): number | Unfit {
  if (typeof value === "string") {
    if (value.length > LARGEST_VALUE) return "too_large";
    if (value.length <= SHORT && PLAIN.test(value)) return value.length + 2;
  }
  if (Array.isArray(value) && value.length > MOST_ELEMENTS) return "too_many_elements";
  const unfit = typeof value === "string" || typeof value === "boolean" ? undefined : flaw(value);
  if (unfit) return unfit;
  const size = bytesOf(JSON.stringify(value));
  return size > LARGEST_VALUE ? "too_large" : size;
}

/** Level by level: a value that is nested a million times must not end us, as recursion would. */
function flaw(value: Json): Unfit | undefined {
  let level: Json[] = [value];
  let elements = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return "too_deep";
    elements += level.length;
    // Each element is a byte at least.
    if (elements > LARGEST_VALUE) return "too_large";
    // JSON has read it as its neighbour already, and nobody would know.
    if (level.some((one) => Number.isInteger(one) && !Number.isSafeInteger(one))) return "inexact_number";
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return undefined;
}

/** Level by level as well: whether objects and lists are in each other more often than that. */
export function isDeeper(value: unknown, levels: number): boolean {
  const holds = (one: unknown): one is object => typeof one === "object" && one !== null;
  let level = [value].filter(holds);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === levels) return true;
    level = level.flatMap((one) => Object.values(one).filter(holds));
  }
  return false;
}

const encoder = new TextEncoder();
const BEYOND_ASCII = /[\u0080-\uffff]/;
/** Nothing that JSON escapes, nor takes more than a byte. */
const PLAIN = /^[ !#-[\]-~]*$/;
/** Characters of a text for which asking the encoder costs more than looking at each. */
const SHORT = 200;

/** Bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  return text.length <= SHORT && !BEYOND_ASCII.test(text) ? text.length : encoder.encode(text).length;
}

export interface Within {
  readonly fits: JsonObject;
  /** Names of members that there was no room for. */
  readonly left_out: readonly string[];
  /** Bytes that are still free. */
  readonly room: number;
}

/** As many members as there is room for, in their order: each whole or not at all (design §5.11). @param room bytes as JSON */
export function within(members: JsonObject, room: number): Within {
  let free = room;
  const left_out: string[] = [];
  const fits: [string, Json][] = [];
  for (const [name, value] of Object.entries(members)) {
    const size = bytesOf(JSON.stringify({ [name]: value }));
    if (size > free) left_out.push(name);
    else {
      free -= size;
      fits.push([name, value]);
    }
  }
  return { fits: Object.fromEntries(fits), left_out, room: free };
}
