/** Record ↔ what a form shows. Forms are always drawn from typed values, so that nothing that was typed is ever lost. */
import type { Json, JsonObject } from "../../../flow.ts";
import { written } from "../text.ts";
import type { Field } from "./field.ts";

export type Typed = URLSearchParams;

/** What the form of a stored record shows. Secrets are empty: an empty one stays as it is. */
export function typedOf(fields: readonly Field[], record: JsonObject): Typed {
  const typed = new URLSearchParams();
  for (const field of fields)
    for (const text of texts(field, valueAt(record, field.path) ?? field.fallback))
      typed.append(field.path, text);
  return typed;
}

function texts({ control }: Field, value: Json | undefined): string[] {
  if (value === undefined || value === null || control.as === "secret") return [];
  switch (control.as) {
    case "switch":
      return value === true ? ["on"] : [];
    case "boxes":
      return listed(value);
    case "lines":
      return [listed(value).join("\n")];
    case "json":
      return [JSON.stringify(value, null, 2)];
    case "date":
      return typeof value === "number" && value > 0
        ? [new Date(value * 1_000).toISOString().slice(0, 10)]
        : [];
    case "choice":
      // A list of several is one option of its own, which a save leaves as it is.
      return [listed(value).join(" ")];
    case "text":
    case "number":
      return [written(value)];
  }
}

function listed(value: Json): string[] {
  return Array.isArray(value) ? value.map(written) : [written(value)];
}

/**
 * The record with what was typed in place of what it had. An empty field takes its member away, an empty secret leaves
 * it as it is, and members without a field stay.
 */
export function recordOf(fields: readonly Field[], typed: Typed, before: JsonObject = {}): JsonObject {
  const record = structuredClone(before);
  for (const field of fields) {
    const value = valueOf(field, typed);
    if (value !== undefined) put(record, field.path.split("."), value);
  }
  return record;
}

function valueOf({ path, control, fallback }: Field, typed: Typed): Json | undefined {
  const text = (typed.get(path) ?? "").trim();
  switch (control.as) {
    case "switch":
      return typed.has(path);
    case "boxes":
      return typed.getAll(path);
    case "lines": {
      const lines = text.split(/\r?\n/).map((line) => line.trim());
      const said = lines.filter(Boolean);
      // An empty list is none where the schema has none by itself: some must not be there at all.
      return said.length === 0 && fallback === undefined ? null : said;
    }
    case "choice":
      if (control.several) return text.split(" ").filter(Boolean);
      return text || null;
    case "secret":
      return text || undefined;
    case "date":
      return dateOf(text);
    case "json":
      return jsonOf(text);
    case "number":
      // What is no number goes to the API as it was typed: it says what is wrong, at the field.
      return text === "" ? null : /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case "text":
      return text || null;
  }
}

function dateOf(text: string): Json {
  const time = Date.parse(text);
  return text === "" ? null : Number.isNaN(time) ? text : Math.floor(time / 1_000);
}

function jsonOf(text: string): Json {
  try {
    return text === "" ? null : (JSON.parse(text) as Json);
  } catch {
    return text;
  }
}

function valueAt(record: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = record;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

/** An optional object of which every member was taken away is not there at all. */
function put(target: JsonObject, [name = "", ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) {
    if (value === null) delete target[name];
    else target[name] = value;
    return;
  }
  const known = target[name];
  const inner = typeof known === "object" && known !== null && !Array.isArray(known) ? known : {};
  put(inner, rest, value);
  if (value === null && Object.keys(inner).length === 0) delete target[name];
  else target[name] = inner;
}
