/** `GET …/lineage`: data lineage as configured, from what is written now and not from what is already published. */
import type { AppContext } from "../../http/context.ts";
import type { RecordName } from "../../store/workspace/records.ts";
import { authority } from "../exchange.ts";
import { type Configuration, graphOf, narrowed } from "./graph.ts";

/** Records of each kind that are drawn at most, beside the one that was asked for; the answer says of which there are more. */
const MOST: Partial<Record<RecordName, number>> = { connections: 100, clients: 500, claims: 2_000 };
const OTHERWISE = 1_000;

/** `connection` and `client_id` leave out what has nothing to do with them. */
export async function showLineage(c: AppContext): Promise<Response> {
  const { connection, client_id: client } = c.req.query();
  const workspace = authority(c);
  const cut: RecordName[] = [];
  const all = async <T>(kind: RecordName, asked?: string): Promise<T[]> => {
    const most = MOST[kind] ?? OTHERWISE;
    const [listed, own] = await Promise.all([
      workspace.list(kind, most + 1),
      asked === undefined ? undefined : workspace.get(kind, asked),
    ]);
    if (listed.length > most) cut.push(kind);
    const rows = listed.slice(0, most);
    if (own && !rows.some(({ id }) => id === own.id)) rows.push(own);
    // Judged by its schema when it was written.
    return rows.map(({ body }) => JSON.parse(body) as T);
  };
  const [[settings], connections, schema, claims, scopes, clients] = await Promise.all([
    all<Configuration["settings"]>("settings"),
    all<Configuration["connections"][number]>("connections", connection),
    all<Configuration["schema"][number]>("schema"),
    all<Configuration["claims"][number]>("claims"),
    all<Configuration["scopes"][number]>("scopes"),
    all<Configuration["clients"][number]>("clients", client),
  ]);
  const graph = graphOf({ settings: settings ?? {}, connections, schema, claims, scopes, clients });
  const asked = { ...(connection !== undefined && { connection }), ...(client !== undefined && { client }) };
  return c.json({ ...narrowed(graph, asked), ...(cut.length > 0 && { more: cut }) });
}
