/** Which members of a record in a file are secrets: one value, or an object of several. */
import type { Json, JsonObject } from "../../flow.ts";
import type { Kind } from "./kinds.ts";
import { referenceOf } from "./references.ts";

interface Split {
  readonly plain: JsonObject;
  /** Members for secrets that the record has. */
  readonly members: readonly string[];
  readonly secrets: readonly { readonly path: readonly string[]; readonly value: Json }[];
}

export function splitSecrets({ writeOnly }: Kind, record: JsonObject): Split {
  const members = writeOnly.filter((name) => Object.hasOwn(record, name));
  const plain = Object.fromEntries(Object.entries(record).filter(([name]) => !members.includes(name)));
  const secrets = members.flatMap((name) => {
    const value = record[name] ?? null;
    if (referenceOf(value) !== undefined || typeof value !== "object" || value === null)
      return [{ path: [name], value }];
    return Object.entries(value).map(([part, held]) => ({ path: [name, part], value: held }));
  });
  return { plain, members, secrets };
}
