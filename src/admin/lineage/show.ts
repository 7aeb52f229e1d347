/** `GET …/lineage`: data lineage as configured, from what is written now and not from what is already published. */
import type { AppContext } from "../../http/context.ts";
import type { RecordName } from "../../store/workspace/records.ts";
import { authority } from "../exchange.ts";
import { type Configuration, graphOf, narrowed } from "./graph.ts";

/** Records of each kind that are drawn at most; the answer says where there are more. */
const MOST: Partial<Record<RecordName, number>> = { connections: 100, clients: 500, claims: 2_000 };
const OTHERWISE = 1_000;

/** `connection` and `client_id` leave out what has nothing to do with them. */
export async function showLineage(c: AppContext): Promise<Response> {
  const { connection, client_id: client } = c.req.query();
  const workspace = authority(c);
  const cut: RecordName[] = [];
  const all = async <T>(kind: RecordName): Promise<T[]> => {
    const most = MOST[kind] ?? OTHERWISE;
    const rows = await workspace.list(kind, most + 1);
    if (rows.length > most) cut.push(kind);
    // Judged by its schema when it was written.
    return rows.slice(0, most).map(({ body }) => JSON.parse(body) as T);
  };
  const [[settings], connections, schema, claims, scopes, clients] = await Promise.all([
    all<Configuration["settings"]>("settings"),
    all<Configuration["connections"][number]>("connections"),
    all<Configuration["schema"][number]>("schema"),
    all<Configuration["claims"][number]>("claims"),
    all<Configuration["scopes"][number]>("scopes"),
    all<Configuration["clients"][number]>("clients"),
  ]);
  const graph = graphOf({ settings: settings ?? {}, connections, schema, claims, scopes, clients });
  const asked = { ...(connection !== undefined && { connection }), ...(client !== undefined && { client }) };
  return c.json({ ...narrowed(graph, asked), ...(cut.length > 0 && { more: true }) });
}
