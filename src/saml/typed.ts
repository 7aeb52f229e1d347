/** Values of a SAML attribute are a list of texts, whatever it is about; the operator says what they are. */
import type { Json } from "../flow.ts";

/** @returns what was given where it is not of that type: nothing is guessed, and nothing is left out */
export function typed(type: string, values: Json | undefined): Json | undefined {
  if (!Array.isArray(values)) return values;
  const [first, ...more] = values;
  if (first === undefined) return undefined;
  if (type.endsWith("_array")) return values.map((value) => single(type.slice(0, -"_array".length), value));
  return more.length > 0 ? values : single(type, first);
}

/** Lexical forms of xs:boolean and xs:decimal. */
function single(type: string, value: Json): Json {
  const text = typeof value === "string" ? value.trim() : "";
  if (type === "bool") return BOOLEANS.get(text) ?? value;
  return type === "number" && DECIMAL.test(text) ? Number(text) : value;
}

const BOOLEANS = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);
const DECIMAL = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;
