/** What differs between two records, member by member. Lists are one value: their order means something. */
import { isDeepStrictEqual } from "node:util";
import { isObject } from "../../config/json.ts";
import type { Json, JsonObject } from "../../flow.ts";

export interface Difference {
  readonly path: readonly string[];
  readonly before?: Json;
  readonly after?: Json;
}

export function differences(
  before: JsonObject,
  after: JsonObject,
  path: readonly string[] = [],
): readonly Difference[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [was, is, at] = [before[name], after[name], [...path, name]];
    if (isDeepStrictEqual(was, is)) return [];
    if (isObject(was) && isObject(is)) return differences(was, is, at);
    return [{ path: at, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}
