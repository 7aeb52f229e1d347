/** Connection check: what is wrong with a connection, saved or as it stands in a form, before the first person tries it. */
import type { JsonObject } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { makeBroker } from "../http/broker.ts";
import { tell } from "../http/tell.ts";
import { RecordId } from "../config/ids.ts";
import { Connection } from "../connectors/index.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import { credentialsOf } from "../store/workspace/credentials.ts";
import { type Issue, issuesOf } from "../store/workspace/issues.ts";
import { InvalidRecord } from "../store/workspace/record-kind.ts";
import { connectorOf } from "../steps/login.ts";
import { readObject, workspaceOf } from "./exchange.ts";
import { Problem } from "./problem.ts";
import { writable } from "./records.ts";

/** `POST`: without a body the saved connection; with one that record, and the saved credentials where it has none. */
export async function checkConnection(c: AppContext): Promise<Response> {
  const workspace = workspaceOf(c);
  const id = c.req.param("id") ?? "";
  if (!RecordId.safeParse(id).success) throw new Problem(404, "there is no such record");
  const configuration = readConfiguration(c.env, clock);
  const document = await configuration.workspace(workspace);
  if (!document) throw new Problem(404, "there is nothing here");
  const broker = makeBroker(c, document, configuration);
  const saved = await broker.connection(id);
  const connection = (await wanted(c, id, saved)) ?? saved;
  if (!connection) throw new Problem(404, "there is no such record");
  const findings = await connectorOf(broker, connection).check?.();
  if (!findings) throw new Problem(422, "connections of this kind cannot be checked");
  tell(c, {
    type: "connection_checked",
    at: clock(),
    workspace,
    request_id: c.var.request_id,
    by: c.var.operator.by,
    connection: id,
    faults: findings.flatMap(({ fault }) => fault ?? []),
  });
  return c.json({ findings });
}

async function wanted(c: AppContext, id: string, saved: Connection | undefined) {
  if (!c.req.header("content-type")) return undefined;
  const body = writable("connections", await readObject(c));
  const judged = Connection.safeParse({ ...body, id, credentials: credentials(body, saved) });
  if (!judged.success) throw invalid(issuesOf(judged.error));
  return judged.data;
}

function credentials(body: JsonObject, saved: Connection | undefined) {
  try {
    return credentialsOf(body, saved as JsonObject | undefined);
  } catch (error) {
    if (error instanceof InvalidRecord) throw invalid([{ path: error.path, message: error.message }]);
    throw error;
  }
}

function invalid(errors: readonly Issue[]): Problem {
  return new Problem(422, "the record is not valid", { errors });
}
