/** `{ env: NAME }` in a file: the value comes from the environment. The only way for a secret to be in one. */
import type { Json, JsonObject } from "../../flow.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A value with its references filled in. */
export interface Resolved {
  readonly value: Json;
  /** Paths of what came from the environment. */
  readonly referred: readonly (readonly string[])[];
  readonly unset: readonly { readonly path: readonly string[]; readonly name: string }[];
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** @returns the name of the variable, for exactly `{ env: NAME }` */
export function referenceOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { env, ...others } = value as JsonObject;
  return typeof env === "string" && NAME.test(env) && Object.keys(others).length === 0 ? env : undefined;
}

/** Every reference in it, however deep. @param path where the value stands in the record */
export function resolve(value: Json, environment: Environment, path: readonly string[] = []): Resolved {
  const name = referenceOf(value);
  if (name !== undefined) {
    const found = environment[name];
    const unset = found === undefined ? [{ path, name }] : [];
    return { value: found ?? "", referred: [path], unset };
  }
  if (typeof value !== "object" || value === null) return { value, referred: [], unset: [] };
  const parts = Object.entries(value).map(
    ([member, part]) => [member, resolve(part, environment, [...path, member])] as const,
  );
  const filled = parts.map(([member, part]) => [member, part.value] as const);
  return {
    value: Array.isArray(value) ? filled.map(([, part]) => part) : Object.fromEntries(filled),
    referred: parts.flatMap(([, part]) => part.referred),
    unset: parts.flatMap(([, part]) => part.unset),
  };
}
