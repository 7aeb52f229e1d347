/** A workspace as it is now. */
import type { JsonObject } from "../../flow.ts";
import type { Deployment } from "./deployment.ts";
import { heldSecrets } from "./held-secrets.ts";
import { address, idOf, type Kind, kindsOf } from "./kinds.ts";
import { normal } from "./normal.ts";
import { Refusal } from "../refusal.ts";
import { stated } from "./secret.ts";
import { readSelfDescription } from "./self-description.ts";
import { standardRecords } from "./standard.ts";

export interface Live {
  readonly kind: Kind;
  readonly id: string;
  readonly body: JsonObject;
  /** Paths of the secrets that it has. */
  readonly secrets: readonly (readonly string[])[];
}

export interface LiveWorkspace {
  readonly workspace: string;
  readonly exists: boolean;
  readonly records: ReadonlyMap<string, Live>;
  /** What a new workspace begins with. */
  readonly standard: ReadonlyMap<string, JsonObject>;
}

/** A workspace that is not there yet is shown as it will be when it is made. */
export async function readLive(
  deployment: Deployment,
  workspace: string,
  origin: string,
): Promise<LiveWorkspace> {
  const path = `workspaces/${workspace}`;
  const found = await deployment.read(path);
  const standard = standardRecords(
    workspace,
    workspace === "system" ? (await readSelfDescription(origin)).api : undefined,
  );
  const kinds = kindsOf(workspace);
  const records = new Map<string, Live>();
  for (const kind of kinds) {
    const shown = !found
      ? []
      : kind.id === undefined
        ? [found.body]
        : await deployment.list(`${path}/${kind.name}`);
    for (const record of shown) {
      const one = asLive(kind, record);
      records.set(address(kind, one.id), one);
    }
    if (!found)
      for (const [name, body] of standard) {
        const id = name.slice(kind.name.length + 1);
        if (name === address(kind, id)) records.set(name, { kind, id, body, secrets: [] });
      }
  }
  return { workspace, exists: found !== undefined, records, standard };
}

export function asLive(kind: Kind, shown: JsonObject): Live {
  const id = idOf(kind, shown);
  const derived = [...kind.readOnly, ...kind.secret.map((name) => `${name}_set`)];
  const record = Object.fromEntries(Object.entries(shown).filter(([name]) => !derived.includes(name)));
  const secrets = heldSecrets(kind, shown);
  // What is there and never shown is stood in for: the record may not be right without it.
  const standIns = stated(
    [],
    secrets.map((path) => ({ path, name: "" })),
  );
  const judged = normal(kind, id, record, standIns);
  if ("body" in judged) return { kind, id, body: judged.body, secrets };
  const what = judged.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`).join("\n");
  throw new Refusal(`${address(kind, id)} of the deployment does not fit this version of the tool:\n${what}`);
}
