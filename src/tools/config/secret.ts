/** Secrets of one record on their way to the API. */
import type { Json, JsonObject } from "../../flow.ts";

/** One secret: the variable that it comes from, and its value where that is set. */
export interface Secret {
  readonly path: readonly string[];
  readonly name: string;
  readonly value?: string;
}

/** Long enough for every rule of length, and a key where one has to be; only the API sees the true ones. */
const STAND_IN = `-----BEGIN PRIVATE KEY-----${"A".repeat(44)}-----END PRIVATE KEY-----`;

/**
 * The secrets as members of a record. One whose variable is not set is stood in for, so that its name can be judged.
 * @param names members of the file; one without a secret in it says that there shall be none
 */
export function stated(names: readonly string[], secrets: readonly Secret[]): JsonObject {
  const members: { [name: string]: Json } = Object.fromEntries(names.map((name) => [name, {}]));
  for (const { path, value = STAND_IN } of secrets) {
    const [member = "", part] = path;
    members[member] = part === undefined ? value : { ...(members[member] as JsonObject), [part]: value };
  }
  return members;
}
