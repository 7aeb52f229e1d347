/** Workspaces over HTTP: the table of the deployment, the settings of each, its keys. */
import { WorkspaceId } from "../config/ids.ts";
import { issuerOf } from "../config/issuer.ts";
import { WorkspaceSettings } from "../config/workspace.ts";
import type { JsonObject } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { expectChange, readConfiguration } from "../store/configuration.ts";
import { SYSTEM } from "../store/published.ts";
import { clock } from "../store/rows.ts";
import { answer, authority, readObject, termsOf, workspaceOf } from "./exchange.ts";
import { mayKnow } from "./operator.ts";
import { pageOf, sizeOf } from "./page.ts";
import { issuer, judgePlace, objectsIn } from "./place.ts";
import { Problem } from "./problem.ts";
import { type Issue, issuesOf } from "../store/workspace/issues.ts";
import { isSeen } from "../store/workspace/put.ts";
import { patchRecord, writable, write } from "./records.ts";
import { makeSystem } from "./system.ts";

export async function listWorkspaces(c: AppContext): Promise<Response> {
  const { workspaces } = await readConfiguration(c.env, clock).deployment();
  const { after = "", search = "" } = c.req.query();
  const limit = sizeOf(c);
  const ids = Object.keys(workspaces)
    .filter((id) => id > after && id.includes(search) && mayKnow(c.var.operator, id))
    .toSorted()
    .slice(0, limit + 1);
  return c.json(
    pageOf(
      ids.map((id) => ({ id, issuer: issuer(c, id) })),
      limit,
      ids[limit - 1],
    ),
  );
}

/** Makes the workspace if it is not there, whole before it is entered in the table; then writes its settings. */
export async function putWorkspace(c: AppContext): Promise<Response> {
  const id = workspaceOf(c);
  const sent = await readObject(c);
  const terms = await termsOf(c, sent);
  const body = writable("settings", sent);
  const configuration = readConfiguration(c.env, clock);
  const known = await configuration.workspace(id);
  judgePlace(c, id, body["origin"], body["jurisdiction"]);
  if (known) return withIssuer(c, id, await write(c, "settings", id, body, terms));
  if (!isSeen(terms, 0)) throw new Problem(412, "there is no such workspace");
  const valid = WorkspaceId.safeParse(id);
  if (!valid.success && id !== SYSTEM)
    throw unusable([{ path: "id", message: valid.error?.issues[0]?.message ?? "" }]);
  // Judged before anything is made: an invalid body leaves nothing behind.
  const settings = WorkspaceSettings.safeParse(body);
  if (!settings.success) throw unusable(issuesOf(settings.error));
  await makeSystem(c);
  if (await c.env.WORKSPACE.getByName(SYSTEM).wasDeleted(id))
    throw new Problem(409, "a workspace of this id was deleted; the id is not given again");
  if (id !== SYSTEM) {
    const { jurisdiction } = settings.data;
    await objectsIn(c, jurisdiction).WORKSPACE.getByName(id).create(id, jurisdiction);
    await c.env.WORKSPACE.getByName(SYSTEM).enter(id, { ...(jurisdiction && { jurisdiction }) }, terms);
  }
  expectChange(SYSTEM);
  // From here on the table says where it is.
  await configuration.deployment();
  const anyVersion = { ...terms, expected: undefined };
  const written = await withIssuer(c, id, await write(c, "settings", id, body, anyVersion));
  return new Response(written.body, { status: 201, headers: written.headers });
}

export async function patchWorkspace(c: AppContext): Promise<Response> {
  const id = workspaceOf(c);
  const patch = await readObject(c);
  const { origin } = readConfiguration(c.env, clock).place(id);
  judgePlace(c, id, "origin" in patch ? (patch["origin"] ?? undefined) : origin, patch["jurisdiction"]);
  return withIssuer(c, id, await patchRecord(c, "settings", id, patch));
}

export async function showWorkspace(c: AppContext): Promise<Response> {
  const id = workspaceOf(c);
  const found = await authority(c).get("settings", id);
  if (!found) throw new Problem(404, "there is nothing here");
  return answer(c, 200, found.version, named(c, id, JSON.parse(found.body) as JsonObject));
}

export async function listKeys(c: AppContext): Promise<Response> {
  return c.json({ items: JSON.parse(await authority(c).keys()) as unknown });
}

/** *Revoke now*. */
export async function revokeKey(c: AppContext): Promise<Response> {
  const revoked = await authority(c).revokeKey(c.req.param("kid") ?? "", await termsOf(c));
  if (!revoked) throw new Problem(404, "there is no such key in use");
  expectChange(workspaceOf(c));
  return c.body(null, 204);
}

/** After a new `DEPLOYMENT_KEY`: what is sealed is sealed under it. */
export async function resealWorkspace(c: AppContext): Promise<Response> {
  const resealed = await authority(c).reseal(await termsOf(c));
  if (!resealed) throw new Problem(404, "there is nothing here");
  expectChange(workspaceOf(c));
  return c.json(resealed);
}

async function withIssuer(c: AppContext, id: string, written: Response): Promise<Response> {
  // The settings may have moved it in the table, too.
  expectChange(SYSTEM);
  const body = JSON.stringify(named(c, id, await written.json()));
  return new Response(body, { status: written.status, headers: written.headers });
}

function named(c: AppContext, id: string, settings: JsonObject): JsonObject {
  const own = typeof settings["origin"] === "string" ? settings["origin"] : undefined;
  return { id, issuer: issuerOf(c.var.deployment.origin, id, own), ...settings };
}

function unusable(errors: readonly Issue[]): Problem {
  return new Problem(422, "the workspace is not valid", { errors });
}
