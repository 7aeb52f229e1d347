/** A workspace as it is → the text of its file: the same workspace gives the same bytes. */
import { isDeepStrictEqual } from "node:util";
import { Document, visit } from "yaml";
import type { Json, JsonObject } from "../../flow.ts";
import { address, kindsOf, type Kind } from "./kinds.ts";
import type { Live, LiveWorkspace } from "./live.ts";
import { referenceOf } from "./references.ts";
import { shorten } from "./shorten.ts";

export function writeFileText(live: LiveWorkspace, json: boolean): string {
  const taken = new Set<string>();
  const sections = kindsOf(live.workspace).flatMap((kind): [string, JsonObject][] => {
    const section = sectionOf(kind, live, taken);
    return Object.keys(section).length === 0 ? [] : [[kind.name, section]];
  });
  const file = { workspace: live.workspace, ...Object.fromEntries(sections) };
  return json ? `${JSON.stringify(file, null, 2)}\n` : yaml(file);
}

function yaml(file: JsonObject): string {
  const document = new Document(file, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  // `{ env: NAME }` on one line, as it is written by hand.
  visit(document, { Map: (_, map) => void (map.flow = referenceOf(map.toJSON()) !== undefined) });
  // No folding: one changed value is one changed line.
  return document.toString({ lineWidth: 0 });
}

/** Without what every workspace begins with; null for what was removed of it. */
function sectionOf(
  kind: Kind,
  { workspace, records, standard }: LiveWorkspace,
  taken: Set<string>,
): JsonObject {
  const own = [...records].filter(([name, { kind: of, body }]) => {
    return of === kind && !isDeepStrictEqual(body, standard.get(name));
  });
  // Its settings are the workspace: a secret of theirs is called by its id.
  if (kind.id === undefined)
    return own.map(([, live]) => memberOf({ ...live, id: workspace }, taken))[0] ?? {};
  const removed = [...standard.keys()].flatMap((name): [string, null][] => {
    const id = name.slice(kind.name.length + 1);
    return name === address(kind, id) && !records.has(name) ? [[id, null]] : [];
  });
  const named = [...own.map(([, live]): [string, Json] => [live.id, memberOf(live, taken)]), ...removed];
  return Object.fromEntries(named.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function memberOf({ kind, id, body, secrets }: Live, taken: Set<string>): JsonObject {
  const references: { [name: string]: Json } = {};
  for (const [member = "", part] of secrets) {
    const reference = { env: variable(id, part ?? member, taken) };
    references[member] =
      part === undefined ? reference : { ...(references[member] as JsonObject), [part]: reference };
  }
  return { ...shorten(kind.schema, body), ...references };
}

/** `shop` and `client_secret` → `SHOP_CLIENT_SECRET`; two records never share a variable. */
function variable(id: string, member: string, taken: Set<string>): string {
  const name = `${id}_${member}`
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^(?=[0-9])/, "_");
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
  taken.add(free);
  return free;
}
