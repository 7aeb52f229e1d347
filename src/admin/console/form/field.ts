/** Schema and words → the controls of a form: what a record may hold is said once, by the schema that judges it. */
import type { Json, JsonObject } from "../../../flow.ts";
import { written } from "../text.ts";

/** What an operator reads at a member of a record. */
export interface Words {
  readonly label: string;
  /** What the value does. */
  readonly help?: string;
  /** Where in the provider's console the value is found. */
  readonly where?: string;
  readonly placeholder?: string;
  /** Folded away: most records leave it as it is. */
  readonly advanced?: true;
  /** Written, and never shown again. */
  readonly secret?: true;
  /** Set when the record is made, and only shown afterwards. */
  readonly fixed?: true;
  /** Seconds since 1970 in the record, a day in the form. */
  readonly date?: true;
}

/** Path of a member (`settings.pool_id`) → its words, in the order of the form. */
export type FormWords = Readonly<Record<string, Words>>;

export interface Option {
  readonly value: string;
  readonly label: string;
}

export type Control =
  | { readonly as: "text" | "switch" | "lines" | "date" | "json" }
  /** A key has lines, which a password field would drop. */
  | { readonly as: "secret"; readonly long: boolean }
  | { readonly as: "number"; readonly min?: number; readonly max?: number }
  /** One of them, or, where the record holds a list, a list of one. */
  | { readonly as: "choice"; readonly options: readonly Option[]; readonly several: boolean }
  | { readonly as: "boxes"; readonly options: readonly Option[] };

export interface Field extends Words {
  /** Its name and id in the form, and how the API names it in an error. */
  readonly path: string;
  readonly control: Control;
  readonly required: boolean;
  /** What the schema takes when nothing is said. */
  readonly fallback?: Json;
}

/** Controls that the schema alone cannot know: the values that there are in this workspace. */
export type Choices = Readonly<
  Record<string, { readonly as: "choice" | "boxes"; readonly options: readonly Option[] }>
>;

/** @param schema JSON Schema of the record as it is written */
export function fieldsOf(schema: JsonObject, words: FormWords, choices: Choices = {}): Field[] {
  return Object.entries(words).map(([path, said]) => {
    const { member, required } = memberAt(schema, path.split("."));
    const fallback = member["default"];
    const control = choices[path] ? { several: isList(member), ...choices[path] } : controlOf(member, said);
    // The id of a record is in the address, so that the schema of what is sent does not ask for it.
    return {
      ...said,
      path,
      control,
      required: required || said.fixed === true,
      ...(fallback !== undefined && { fallback }),
    };
  });
}

function memberAt(schema: JsonObject, path: readonly string[]): { member: JsonObject; required: boolean } {
  let [member, required] = [schema, true];
  for (const name of path) {
    const needed = Array.isArray(member["required"]) && member["required"].includes(name);
    const properties = (member["properties"] ?? {}) as JsonObject;
    member = (properties[name] ?? {}) as JsonObject;
    required &&= needed && member["default"] === undefined;
  }
  return { member, required };
}

function isList({ type, anyOf }: JsonObject): boolean {
  return type === "array" || (Array.isArray(anyOf) && anyOf.some((one) => isList(one as JsonObject)));
}

/** Characters of a secret that is typed into one line. */
const LONGEST_LINE = 1_000;

function controlOf(member: JsonObject, { secret, date }: Words): Control {
  if (secret) return { as: "secret", long: Number(member["maxLength"] ?? 0) > LONGEST_LINE };
  if (date) return { as: "date" };
  const { type, minimum, maximum, items } = member;
  if (Array.isArray(member["enum"]))
    return { as: "choice", options: optionsOf(member["enum"]), several: false };
  if (type === "boolean") return { as: "switch" };
  if (type === "integer" || type === "number")
    return {
      as: "number",
      ...(typeof minimum === "number" && { min: minimum }),
      ...(typeof maximum === "number" && { max: maximum }),
    };
  const of = (items ?? {}) as JsonObject;
  if (type === "array" && Array.isArray(of["enum"])) return { as: "boxes", options: optionsOf(of["enum"]) };
  if (isList(member)) return { as: of["type"] === "object" ? "json" : "lines" };
  return { as: type === "object" ? "json" : "text" };
}

function optionsOf(values: readonly Json[]): Option[] {
  return values.map((value) => ({ value: written(value), label: written(value) }));
}
