/** The admin API: every URL under `/api`, one line each. */
import { Hono } from "hono";
import type { App, AppContext } from "../http/context.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import type { RecordName } from "../store/workspace/records.ts";
import { problem } from "./problem.ts";
import { listRecords, patchRecord, putRecord, recordName, removeRecord, showRecord } from "./records.ts";
import { whoMay } from "./who-may.ts";
import { listKeys, listWorkspaces, putWorkspace, revokeKey, showWorkspace } from "./workspaces.ts";

type Handler = (c: AppContext, kind: RecordName, id: string) => Promise<Response>;

/** A record of a kind that exists. */
const one = (handler: Handler) => (c: AppContext) => {
  const kind = recordName(c.req.param("kind"));
  return kind ? handler(c, kind, c.req.param("id") ?? "") : missing(c);
};
const missing = (c: AppContext) => problem(c, { status: 404, title: "there is nothing here" });

export const api = new Hono<App>()
  .use(whoMay)
  .get("/workspaces", listWorkspaces)
  .put("/workspaces/:workspace", putWorkspace)
  .use("/workspaces/:workspace/*", async (c, next) => {
    // A name that is not in the table wakes no object.
    const known = await readConfiguration(c.env, clock).workspace(c.req.param("workspace"));
    return known ? next() : missing(c);
  })
  .get("/workspaces/:workspace", showWorkspace)
  .patch("/workspaces/:workspace", (c) => patchRecord(c, "settings", c.req.param("workspace")))
  .get("/workspaces/:workspace/keys", listKeys)
  .post("/workspaces/:workspace/keys/:kid/revoke", revokeKey)
  .get("/workspaces/:workspace/:kind", one(listRecords))
  .get("/workspaces/:workspace/:kind/:id", one(showRecord))
  .put("/workspaces/:workspace/:kind/:id", one(putRecord))
  .patch("/workspaces/:workspace/:kind/:id", one(patchRecord))
  .delete("/workspaces/:workspace/:kind/:id", one(removeRecord))
  .all("*", missing);
