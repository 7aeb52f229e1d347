/** Who takes from an attribute of the authentication context: claims with their applications, scripts, operators' rules. */
import type { JsonObject } from "../../../flow.ts";
import { type Graph, idOf, type Node } from "../../lineage/node.ts";
import { walked } from "../../lineage/graph.ts";
import type { Desk } from "../desk.ts";
import { text } from "../text.ts";
import type { Opened } from "./tab.ts";

/** Claims and applications that are named one by one. */
const [CLAIMS, APPLICATIONS] = [8, 5];
/** Scripts that are looked into. */
const SCRIPTS = 10;

/** @param names of attributes that are empty then. @returns sentences */
export async function takers(
  desk: Desk,
  connection: Pick<Opened, "id" | "record">,
  graph: Graph,
  names: readonly string[],
): Promise<string[]> {
  if (names.length === 0) return [];
  const [scripts, operators] = await Promise.all([
    scriptsWith(desk, connection, graph, names),
    operatorsBy(desk, connection.id, names),
  ]);
  return [...claimsWith(graph, names), ...scripts, ...operators];
}

function claimsWith({ nodes, edges }: Graph, names: readonly string[]): string[] {
  const empty = new Set(names.map(idOf.context));
  const taking = new Set(
    edges.filter(({ from, as }) => as === "carried" && empty.has(from)).map(({ to }) => to),
  );
  const claims = nodes.filter(({ id }) => taking.has(id));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const asking = ({ id }: Node) =>
    [...walked([id], edges, "from")].flatMap((one) => {
      const node = byId.get(one);
      return node?.column === "client" && !node.disabled ? [node.display_name ?? node.name] : [];
    });
  if (claims.length === 0) return ["No claim takes from it, so no token changes."];
  return [
    ...claims.slice(0, CLAIMS).map((claim) => {
      const who = asking(claim);
      const token =
        claim.token === "access_token"
          ? "in access tokens and at introspection"
          : "in ID tokens and at userinfo";
      const apps = who.length === 0 ? "no application" : listed(who, APPLICATIONS);
      return `The claim “${claim.name}” is missing ${token} then; ${apps} may ask for it.`;
    }),
    ...(claims.length > CLAIMS ? [`So it is with ${claims.length - CLAIMS} more claims.`] : []),
    ...claims
      .filter(({ required }) => required)
      .map(
        ({ name }) =>
          `The claim “${name}” is required: where its scopes are granted, nobody who signs in here gets in any more.`,
      ),
  ];
}

/** Of those that are given the authentication context: the connection's own, and those that add claims to tokens. */
async function scriptsWith(
  desk: Desk,
  { record }: Pick<Opened, "record">,
  { nodes }: Graph,
  names: readonly string[],
): Promise<string[]> {
  if (!desk.may("scripts", "read")) return [];
  const minting = nodes.flatMap(({ id }) => /^source:script\.(.+)$/.exec(id)?.[1] ?? []);
  const ids = [text(record, "post_authn_ctx_script"), ...minting].filter(Boolean).slice(0, SCRIPTS);
  const scripts = await Promise.all(
    [...new Set(ids)].map(async (id) => (await desk.read(`scripts/${encodeURIComponent(id)}`)).body),
  );
  return scripts.flatMap((script) => {
    const read = names.filter((name) => mentions(text(script, "body"), name));
    return read.length > 0
      ? [`The script “${text(script, "name")}” names “${read.join("”, “")}”, and finds nothing there.`]
      : [];
  });
}

/** The last part of the name as a word: how a script gets there nobody can tell. */
function mentions(body: string, name: string): boolean {
  const last = name.split(".").at(-1) ?? name;
  return new RegExp(`(?<![\\w-])${last}(?![\\w-])`).test(body);
}

/** In `system` an attribute may be what makes somebody an operator. */
async function operatorsBy(desk: Desk, connection: string, names: readonly string[]): Promise<string[]> {
  if (desk.workspace !== "system" || !desk.may("operators", "read")) return [];
  const { body } = await desk.read<{ items: readonly JsonObject[] }>("operators?limit=200");
  return body.items.flatMap((operator) => {
    const role = operator["role"] as JsonObject | undefined;
    const path = role ? text(role, "attribute") : "";
    const isMeant = names.some(
      (name) => path === name || path.startsWith(`${name}.`) || name.startsWith(`${path}.`),
    );
    if (!role || !isMeant || ![undefined, connection].includes(role["connection"] as string | undefined))
      return [];
    const name = text(operator, "name") || text(operator, "id");
    return [
      `The operator “${name}” is told by “${path}”: whoever is one through this connection may not use the console and the API any more.`,
    ];
  });
}

function listed(all: readonly string[], most: number): string {
  const more = all.length - most;
  return `${all.slice(0, most).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
