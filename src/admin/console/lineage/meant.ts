/** What was typed where there are too many to choose from → the records that it may mean. */
import type { JsonObject } from "../../../flow.ts";
import type { Graph } from "../../lineage/node.ts";
import type { Desk } from "../desk.ts";
import { text } from "../text.ts";
import type { Asked } from "./view.ts";

export interface Meant {
  readonly name: "connection" | "client";
  readonly typed: string;
  readonly records: readonly { readonly id: string; readonly words: string }[];
}

const KINDS = {
  connection: { kind: "connections", member: "id", named: "name" },
  client: { kind: "clients", member: "client_id", named: "client_name" },
} as const;

/** More than these are a reason to type more. */
const MOST = 10;

/** Nothing that was asked for is there, too. */
export function isThere({ nodes }: Graph, what: Meant["name"], id: string): boolean {
  if (id === "") return true;
  return nodes.some(({ column, name, connection }) =>
    what === "client" ? column === "client" && name === id : connection === id,
  );
}

/** @returns undefined where everything that was asked for is there */
export async function meant(desk: Desk, graph: Graph, asked: Asked): Promise<Meant | undefined> {
  const name = (["connection", "client"] as const).find((one) => !isThere(graph, one, asked[one]));
  if (!name) return undefined;
  const { kind, member, named } = KINDS[name];
  const query = new URLSearchParams({ limit: String(MOST), search: asked[name] });
  const { body } = await desk.read<{ items: readonly JsonObject[] }>(`${kind}?${query.toString()}`);
  const records = body.items.map((item) => ({
    id: text(item, member),
    words: `${text(item, named)} (${text(item, member)})`,
  }));
  return { name, typed: asked[name], records };
}
