/** Workspaces over HTTP: the table of the deployment, and the settings of each. */
import { WorkspaceId } from "../config/ids.ts";
import type { AppContext } from "../http/context.ts";
import { expectChange, readConfiguration } from "../store/configuration.ts";
import { SYSTEM } from "../store/published.ts";
import { clock } from "../store/rows.ts";
import { problem } from "./problem.ts";
import { putRecord, showRecord } from "./records.ts";

export async function listWorkspaces(c: AppContext): Promise<Response> {
  const { workspaces } = await readConfiguration(c.env, clock).deployment();
  return c.json({ items: Object.keys(workspaces).map((id) => ({ id })) });
}

/** Makes the workspace if it is not there, whole before it is entered in the table; then writes its settings. */
export async function putWorkspace(c: AppContext): Promise<Response> {
  const id = c.req.param("workspace") ?? "";
  const valid = WorkspaceId.safeParse(id);
  if (!valid.success) {
    const errors = valid.error.issues.map(({ message }) => ({ path: "id", message }));
    return problem(c, { status: 422, title: "the id is not usable", errors });
  }
  await c.env.WORKSPACE.getByName(id).create(id);
  const entered = await c.env.WORKSPACE.getByName(SYSTEM).enter(id);
  if (entered === "unchanged") return putRecord(c, "settings", id);
  expectChange(SYSTEM);
  // Its settings were made a moment ago with it, so "must not exist" is meant for the workspace.
  const answer = await putRecord(c, "settings", id, "any");
  return answer.ok ? new Response(answer.body, { status: 201, headers: answer.headers }) : answer;
}

export async function showWorkspace(c: AppContext): Promise<Response> {
  return showRecord(c, "settings", c.req.param("workspace") ?? "");
}

export async function listKeys(c: AppContext): Promise<Response> {
  const keys = await c.env.WORKSPACE.getByName(c.req.param("workspace") ?? "").keys();
  return c.json({ items: JSON.parse(keys) as unknown });
}

/** *Revoke now*. */
export async function revokeKey(c: AppContext): Promise<Response> {
  const workspace = c.req.param("workspace") ?? "";
  const revoked = await c.env.WORKSPACE.getByName(workspace).revokeKey(c.req.param("kid") ?? "");
  if (!revoked) return problem(c, { status: 404, title: "there is no such key in use" });
  expectChange(workspace);
  return c.body(null, 204);
}
