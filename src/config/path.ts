/**
 * Paths into claims: a dot descends, `\.` is a literal dot, `\\` a backslash; colons and slashes are ordinary.
 * `https://example\.com/groups` is one name, `address.country` two, `groups.0` an index.
 */
import * as z from "zod";
import type { Json, JsonObject } from "../flow.ts";
import { isObject } from "./json.ts";

/** @throws SyntaxError for an empty name or a backslash before anything but a dot or a backslash */
export function parsePath(text: string): string[] {
  const names: string[] = [];
  let name = "";
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === "\\") {
      const next = text.charAt(++i);
      if (next !== "." && next !== "\\") throw new SyntaxError("a backslash must be followed by . or \\");
      name += next;
    } else if (character === ".") {
      names.push(name);
      name = "";
    } else {
      name += character;
    }
  }
  names.push(name);
  if (names.includes("")) throw new SyntaxError("a path has no empty names");
  return names;
}

/** The text that {@link parsePath} reads back to the same names. */
export function printPath(names: readonly string[]): string {
  return names.map((name) => name.replaceAll("\\", "\\\\").replaceAll(".", "\\.")).join(".");
}

/** The value at a path: own properties only, so `__proto__` and `constructor` lead nowhere. */
export function valueAt(source: unknown, names: readonly string[]): unknown {
  let value = source;
  for (const name of names) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** Puts a value at a path; what is on the way is copied, because it may be somebody else's. @param at where in the path */
export function putAt(target: JsonObject, names: readonly string[], value: Json, at = 0): void {
  const name = names[at] ?? "";
  if (name === "__proto__") return;
  if (at === names.length - 1) {
    target[name] = value;
    return;
  }
  const inner = Object.hasOwn(target, name) ? target[name] : undefined;
  const object = isObject(inner) ? { ...inner } : {};
  target[name] = object;
  putAt(object, names, value, at + 1);
}

export const Path = z
  .string()
  .min(1)
  .max(500)
  .superRefine((text, context) => {
    try {
      parsePath(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "not a path" });
    }
  });
