/** A workspace file → the records that there shall be. Everything that is wrong with it is said at once, with its line. */
import { isObject } from "../../config/json.ts";
import type { JsonObject } from "../../flow.ts";
import { address, type Kind, kindsOf } from "./kinds.ts";
import { normal } from "./normal.ts";
import { type Environment, referenceOf, resolve } from "./references.ts";
import { Refusal } from "../refusal.ts";
import type { Source } from "./source.ts";
import { type Secret, stated } from "./secret.ts";
import { splitSecrets } from "./split-secrets.ts";

export interface Wanted {
  readonly kind: Kind;
  readonly id: string;
  /** Null: there shall be no such record. */
  readonly body: JsonObject | null;
  /** Members for secrets that the file has; of others it says nothing, and what is there stays. */
  readonly members: readonly string[];
  readonly secrets: readonly Secret[];
  /** Members, as paths, whose values came from the environment. */
  readonly referred: readonly (readonly string[])[];
}

export interface WantedWorkspace {
  readonly workspace: string;
  readonly records: ReadonlyMap<string, Wanted>;
}

/** @param chosen the workspace that the command names, which is preferred to the file's @throws Refusal */
export function readWanted(
  source: Source,
  environment: Environment,
  chosen: string | undefined,
): WantedWorkspace {
  const faults: string[] = [];
  const fault = (path: readonly string[], message: string) =>
    faults.push(`${source.where(path)}: ${message}`);
  const file = objectAt([], source.value);
  const workspace = chosen ?? file["workspace"];
  if (typeof workspace !== "string") throw new Refusal(`${source.where([])}: workspace is missing`);

  const kinds = kindsOf(workspace);
  const known = new Set(["workspace", ...kinds.map(({ name }) => name)]);
  for (const name of Object.keys(file))
    if (!known.has(name)) fault([name], "there is no such section in this workspace");
  const records = new Map<string, Wanted>();
  for (const kind of kinds)
    for (const one of kind.id === undefined ? settings(kind) : section(kind)) keep(one);
  if (faults.length > 0) throw new Refusal(faults.join("\n"));
  return { workspace, records };

  function keep(one: Wanted | undefined): void {
    if (one) records.set(address(one.kind, one.id), one);
  }

  /** Without a section of their own the settings stay as they are. */
  function settings(kind: Kind): (Wanted | undefined)[] {
    return Object.hasOwn(file, kind.name) ? [wanted(kind, "", file[kind.name], [kind.name])] : [];
  }

  function section(kind: Kind): (Wanted | undefined)[] {
    return Object.entries(objectAt([kind.name], file[kind.name] ?? {})).map(([id, record]) =>
      record === null
        ? { kind, id, body: null, members: [], secrets: [], referred: [] }
        : wanted(kind, id, record, [kind.name, id]),
    );
  }

  function wanted(kind: Kind, id: string, value: unknown, at: readonly string[]): Wanted | undefined {
    const { plain, members, secrets } = splitSecrets(kind, objectAt(at, value));
    const read: Secret[] = [];
    for (const { path, value: given } of secrets) {
      const name = referenceOf(given);
      const found = name === undefined ? undefined : environment[name];
      if (name === undefined)
        fault([...at, ...path], "a secret is written as { env: NAME }, never as itself");
      else read.push({ path, name, ...(found !== undefined && { value: found }) });
    }
    const resolved = resolve(plain, environment);
    for (const { path, name } of resolved.unset) fault([...at, ...path], `the variable ${name} is not set`);
    if (resolved.unset.length > 0) return undefined;
    const judged = normal(kind, id, resolved.value as JsonObject, stated(members, read));
    if ("body" in judged)
      return { kind, id, body: judged.body, members, secrets: read, referred: resolved.referred };
    for (const { path, message } of judged.issues) fault([...at, ...path], message);
    return undefined;
  }

  function objectAt(path: readonly string[], value: unknown): JsonObject {
    if (isObject(value)) return value;
    fault(path, "must be a map of names and values");
    return {};
  }
}
