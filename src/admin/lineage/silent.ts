/** `GET …/silent-mappings`: mappings that never give a value, by what is configured or by what sign-ins have shown. */
import type { Mapping } from "../../config/attribute.ts";
import type { ContextAttribute } from "../../config/context-attribute.ts";
import { listName } from "../../audit/yielded.ts";
import { type Connection, standardMappings } from "../../connectors/index.ts";
import type { AppContext } from "../../http/context.ts";
import type { Yields } from "../../store/audit/yields.ts";
import { readConfiguration } from "../../store/configuration.ts";
import { clock } from "../../store/rows.ts";
import { auditShard } from "../../store/shards.ts";
import { authority, objectsOf, workspaceOf } from "../exchange.ts";
import { connectionOf } from "./connection.ts";

/** Days that are looked at, and events of each. */
const DAYS = 7;
const LOOKED = 5_000;
const DAY = 86_400;
/** Connections that are looked at: those that people signed in by come first. */
const MOST = 200;
/** Sign-ins that have to agree: the first person may have been one without a department. */
const ENOUGH = 10;

export interface Silent {
  readonly connection: string;
  /** Its place in the list, from 1 on, as Data Lineage counts. */
  readonly mapping: number;
  readonly source?: string;
  readonly target: string;
  /** `no_value`: none of so many sign-ins gave one. The others follow from the configuration. */
  readonly why: "never_fits" | "userinfo_off" | "no_attribute" | "no_value";
  readonly sign_ins?: number;
}

export async function showSilentMappings(c: AppContext): Promise<Response> {
  const workspace = workspaceOf(c);
  const { created_at = 0 } = (await readConfiguration(c.env, clock).workspace(workspace)) ?? {};
  const latest = Array.from({ length: DAYS }, (_, back) => clock() - back * DAY);
  const days = latest.filter((day) => day > created_at - DAY);
  const found = await Promise.all(
    days.map((day) => objectsOf(c).AUDIT.getByName(auditShard(workspace, day)).yields(LOOKED)),
  );
  const yields = found.flat();
  const used = [...new Set(yields.map(({ connection }) => connection))].slice(0, MOST);
  const [schema, inUse, others] = await Promise.all([
    authority(c).list("schema", 1_000),
    authority(c).some("connections", used),
    authority(c).list("connections", MOST + 1),
  ]);
  const rows = new Map([...inUse, ...others].map(({ id, body }) => [id, body]));
  const connections = [...rows.values()].slice(0, MOST).map((body) => JSON.parse(body) as Connection);
  const attributes = schema.map(({ body }) => JSON.parse(body) as ContextAttribute);
  const items = connections
    .filter(({ disabled }) => !disabled)
    .flatMap((connection) => silentOf(connection, attributes, yields));
  return c.json({ items, ...(rows.size > MOST && { more: true }) });
}

/** Pure. */
export function silentOf(
  connection: Connection,
  schema: readonly ContextAttribute[],
  yields: readonly Yields[],
): Silent[] {
  const { id, mappings } = connection;
  const name = listName(mappings);
  const own = yields.filter((one) => one.connection === id && one.mappings === name);
  const sign_ins = own.reduce((sum, one) => sum + one.sign_ins, 0);
  const gave = new Set(own.flatMap(({ yielded }) => yielded));
  const standard = new Set(standardMappings(connection.method).map(nameOf));
  const configured = configuredOf(connection, schema);
  return mappings.flatMap((mapping, index): Silent[] => {
    const { source, target } = mapping;
    const about = { connection: id, mapping: index + 1, ...(source !== undefined && { source }), target };
    const why = configured(index);
    if (why) return [{ ...about, why }];
    // Those that are there from the start are for what a provider may say: nobody asked for each of them.
    if (sign_ins < ENOUGH || gave.has(index) || standard.has(nameOf(mapping))) return [];
    return [{ ...about, why: "no_value", sign_ins }];
  });
}

const nameOf = ({ source, target }: Mapping) => JSON.stringify([source, target]);

/** What data lineage as configured knows of each: all of a mapping's ways have to be closed. */
function configuredOf(connection: Connection, schema: readonly ContextAttribute[]) {
  const { nodes, edges } = connectionOf(connection, schema);
  const off = new Set(
    nodes.flatMap(({ id, dead_ends }) => (dead_ends?.includes("userinfo_off") ? [id] : [])),
  );
  const ways = Map.groupBy(edges, ({ mapping }) => mapping);
  return (index: number): Silent["why"] | undefined => {
    const own = ways.get(index) ?? [];
    if (own.length === 0) return "no_attribute";
    if (own.every(({ dead_ends }) => dead_ends?.includes("never_fits"))) return "never_fits";
    return own.every(({ from }) => off.has(from)) ? "userinfo_off" : undefined;
  };
}
