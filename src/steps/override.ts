/** What a script or an app says about the context, taken within the workspace's schema. Nothing else gets in by this way. */
import { type ContextAttribute, isProtocol } from "../config/context-attribute.ts";
import { type DataType, fits } from "../config/data-type.ts";
import { measure } from "../config/measure.ts";
import { valueAt } from "../config/path.ts";
import type { Attribute, Authentication, Json, JsonObject } from "../flow.ts";
import type { Changed, LeftOut, Origin } from "../lineage.ts";
import { LARGEST_CONTEXT, sizeOf } from "./context.ts";
import { typesOf } from "./pipeline.ts";

/**
 * @param values nested, as `contextObject` gives them; null removes an attribute, what is not named stays
 * @param by `{ from: "script", name: "enrich" }`: what the lineage says
 * @returns the authentication with the new context; `ran.changed` tells what was taken and what was not, and why
 */
export function override(
  authentication: Authentication,
  values: JsonObject,
  by: Origin,
  schema: readonly ContextAttribute[],
): Authentication {
  const types = typesOf(schema);
  const context: Record<string, Attribute> = { ...authentication.context };
  // An attribute may be called as what every object inherits is: "constructor".
  const present = (name: string) => (Object.hasOwn(context, name) ? context[name] : undefined);
  const changed: Changed[] = strangers(values, types).map((name) => {
    return { by, name, change: "left_out", left_out: isProtocol(name) ? "set_by_protocol" : "not_in_schema" };
  });
  let total = sizeOf(context);
  for (const [name, type] of types) {
    const value = valueAt(values, name.split(".")) as Json | undefined;
    const before = present(name);
    if (value === undefined || JSON.stringify(value) === JSON.stringify(before?.value)) continue;
    if (value === null) {
      if (!before) continue;
      total -= sizeOf({ [name]: before });
      delete context[name];
      changed.push({ by, name, change: "removed" });
      continue;
    }
    const attribute = { value, lineage: [...(before?.lineage ?? []), by] };
    const left_out = refusal(name, type, value);
    if (left_out) changed.push({ by, name, change: "left_out", left_out });
    else {
      total += sizeOf({ [name]: attribute }) - (before ? sizeOf({ [name]: before }) : 0);
      context[name] = attribute;
      changed.push({ by, name, change: "set" });
    }
  }
  const ran = authentication.ran ?? { read: [], mapped: [], changed: [] };
  return { ...authentication, context, ran: { ...ran, changed: [...ran.changed, ...changed] } };

  function refusal(name: string, type: DataType, value: Json): LeftOut | undefined {
    if (!fits(type, value)) return "wrong_type";
    const unfit = measure(value);
    if (typeof unfit === "string") return unfit;
    const before = present(name);
    const freed = before ? sizeOf({ [name]: before }) : 0;
    return total - freed + unfit + name.length + 4 > LARGEST_CONTEXT ? "context_full" : undefined;
  }
}

/** Named at most: a script may return a hundred thousand members. */
const MOST = 100;

/** Members of the top level that are in the schema neither as they are nor with something inside. */
function strangers(values: JsonObject, types: ReadonlyMap<string, DataType>): string[] {
  const known = new Set([...types.keys()].map((name) => name.split(".")[0]));
  return Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => name.slice(0, 128))
    .slice(0, MOST);
}
