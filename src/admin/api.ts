/** The admin API: every URL under `/api`, one line each. */
import { Hono } from "hono";
import type { ApiArea } from "../config/api-scopes.ts";
import type { App, AppContext } from "../http/context.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import type { RecordName } from "../store/workspace/records.ts";
import { readBackup, restoreBackup } from "./backup.ts";
import { checkConnection } from "./check-connection.ts";
import { listConsents } from "./consents.ts";
import { listConnectionKinds, listConnectionTemplates } from "./connection-kinds.ts";
import { deleteWorkspace } from "./delete-workspace.ts";
import { listEvents } from "./events.ts";
import { workspaceOf } from "./exchange.ts";
import { showDebug, startDebug, stopDebug } from "./debug-script.ts";
import { listExecutionPoints, putExecutionPoints } from "./execution-points.ts";
import { showLineage } from "./lineage/show.ts";
import { onApiError } from "./on-api-error.ts";
import { showSilentMappings } from "./lineage/silent.ts";
import { showMetrics } from "./metrics.ts";
import { missing } from "./missing.ts";
import { openapi } from "./openapi/document.ts";
import { authorize } from "./operator.ts";
import { showOperator } from "./own.ts";
import { Problem } from "./problem.ts";
import { createRecord, listRecords, patchRecord, putRecord, removeRecord, showRecord } from "./records.ts";
import { reference } from "./reference.tsx";
import { resourceOf } from "./resources.ts";
import { listVersions, restoreVersion, testScript } from "./scripts.ts";
import { listSignIns, showSignIn } from "./sign-ins.ts";
import {
  endGrant,
  endSession,
  eraseSubject,
  forgetContexts,
  listSubjects,
  showSubject,
  withdrawConsent,
  unlinkIdentity,
} from "./subjects.ts";
import { whoMay } from "./who-may.ts";
import {
  listKeys,
  listWorkspaces,
  patchWorkspace,
  putWorkspace,
  resealWorkspace,
  revokeKey,
  showWorkspace,
} from "./workspaces.ts";

type Verb = "read" | "write";
type Handler = (c: AppContext) => Promise<Response>;

/** A handler that needs a scope of its area, in the workspace of the path. */
const needs = (area: ApiArea, verb: Verb, handler: Handler) => async (c: AppContext) => {
  authorize(c, area, verb, c.req.param("workspace"));
  await known(c);
  return handler(c);
};

/** A record of a kind that exists, under the scopes of its area. */
const record = (verb: Verb, handler: (c: AppContext, kind: RecordName, id: string) => Promise<Response>) => {
  return async (c: AppContext) => {
    const resource = resourceOf(c.req.param("kind"), workspaceOf(c));
    if (!resource) throw missing(c);
    authorize(c, resource.area, verb, workspaceOf(c));
    await known(c);
    return handler(c, resource.record, c.req.param("id") ?? "");
  };
};

/** A name that is not in the table of workspaces wakes no object. */
async function known(c: AppContext): Promise<void> {
  const id = c.req.param("workspace");
  if (id !== undefined && !(await readConfiguration(c.env, clock).workspace(id)))
    throw new Problem(404, "there is nothing here");
}

export const api = new Hono<App>();
api.onError(onApiError);

// What the API says of itself needs no rights
api.get("/", reference).get("/openapi.json", openapi);
for (const path of ["/workspaces/*", "/connection-kinds", "/connection-templates", "/operator"])
  api.use(path, whoMay);

// Who calls
api.get("/operator", showOperator);

// What a connection can be
api.get("/connection-kinds", needs("connections", "read", listConnectionKinds));
api.get("/connection-templates", needs("connections", "read", listConnectionTemplates));

// Workspaces
api.get("/workspaces", needs("workspaces", "read", listWorkspaces));
api.put("/workspaces/:workspace", async (c) => {
  authorize(c, "workspaces", "write", workspaceOf(c));
  return putWorkspace(c);
});
api.get("/workspaces/:workspace", needs("workspaces", "read", showWorkspace));
api.patch("/workspaces/:workspace", needs("workspaces", "write", patchWorkspace));
api.delete(
  "/workspaces/:workspace",
  needs("workspaces", "write", needs("keys", "write", needs("subjects", "write", deleteWorkspace))),
);

// Keys
api.get("/workspaces/:workspace/keys", needs("keys", "read", listKeys));
api.post("/workspaces/:workspace/keys/:kid/revoke", needs("keys", "write", revokeKey));
api.post("/workspaces/:workspace/reseal", needs("keys", "write", resealWorkspace));

// Backup: who may read or replace the salt and the keys may do both
const backup = (handler: Handler) => needs("workspaces", "write", needs("keys", "write", handler));
api.get("/workspaces/:workspace/backup", backup(readBackup));
api.put("/workspaces/:workspace/backup", backup(restoreBackup));

// People
api.get("/workspaces/:workspace/subjects", needs("subjects", "read", listSubjects));
api.get("/workspaces/:workspace/subjects/:subject", needs("subjects", "read", showSubject));
api.get("/workspaces/:workspace/subjects/:subject/sign-ins", needs("subjects", "read", listSignIns));
api.get(
  "/workspaces/:workspace/subjects/:subject/sign-ins/:session/lineage",
  needs("subjects", "read", showSignIn),
);
api.delete("/workspaces/:workspace/subjects/:subject", needs("subjects", "write", eraseSubject));
api.delete("/workspaces/:workspace/subjects/:subject/sessions/:id", needs("subjects", "write", endSession));
api.delete("/workspaces/:workspace/subjects/:subject/contexts", needs("subjects", "write", forgetContexts));
api.delete(
  "/workspaces/:workspace/subjects/:subject/identities/:id",
  needs("subjects", "write", unlinkIdentity),
);
api.delete("/workspaces/:workspace/subjects/:subject/grants/:id", needs("subjects", "write", endGrant));
api.delete(
  "/workspaces/:workspace/subjects/:subject/consents/:id",
  needs("subjects", "write", withdrawConsent),
);

api.get("/workspaces/:workspace/consents", needs("subjects", "read", listConsents));

// Audit
api.get("/workspaces/:workspace/audit-events", needs("audit", "read", listEvents));
api.get("/workspaces/:workspace/metrics", needs("audit", "read", showMetrics));

// Scripts: what is not their records
const script = "/workspaces/:workspace/scripts/:id";
api.post("/workspaces/:workspace/scripts/test", needs("scripts", "write", testScript));
const points = "/workspaces/:workspace/script-execution-points";
api.get(points, needs("scripts", "read", listExecutionPoints));
api.put(points, needs("scripts", "write", putExecutionPoints));
// What a script was given are data of people
const debugging = (handler: Handler) => needs("scripts", "read", needs("subjects", "read", handler));
api.get(`${script}/debug`, debugging(showDebug));
api.put(`${script}/debug`, needs("scripts", "write", startDebug));
api.delete(`${script}/debug`, needs("scripts", "write", stopDebug));
api.get(`${script}/versions`, needs("scripts", "read", listVersions));
api.post(`${script}/versions/:version/restore`, needs("scripts", "write", restoreVersion));

// Checks: they call out with an operator's credentials, so whoever may write them may do so
api.post("/workspaces/:workspace/connections/:id/check", needs("connections", "write", checkConnection));

// Data lineage: it shows records of three areas
api.get(
  "/workspaces/:workspace/lineage",
  needs("workspaces", "read", needs("connections", "read", needs("clients", "read", showLineage))),
);

api.get(
  "/workspaces/:workspace/silent-mappings",
  needs("workspaces", "read", needs("connections", "read", needs("audit", "read", showSilentMappings))),
);

// Records: `resources.ts` is the list
api.get("/workspaces/:workspace/:kind", record("read", listRecords));
api.post("/workspaces/:workspace/:kind", record("write", createRecord));
api.get("/workspaces/:workspace/:kind/:id", record("read", showRecord));
api.put("/workspaces/:workspace/:kind/:id", record("write", putRecord));
api.patch("/workspaces/:workspace/:kind/:id", record("write", patchRecord));
api.delete("/workspaces/:workspace/:kind/:id", record("write", removeRecord));

// A `notFound` of its own would not be asked: the app has the last word on what matches nothing
api.all("/*", (c) => {
  throw missing(c);
});
