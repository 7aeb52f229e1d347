/** Records of a workspace over HTTP: the same six routes for every kind (`resources.ts` is the list). */
import { callbackPath } from "../connectors/index.ts";
import { ClientId, RecordId, ScopeName } from "../config/ids.ts";
import { randomId } from "../crypto/handle.ts";
import type { Json, JsonObject } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { appClientId } from "../config/custom-app.ts";
import { expectChange } from "../store/configuration.ts";
import { RECORDS, type RecordName } from "../store/workspace/records.ts";
import type { Terms, Written } from "../store/workspace/put.ts";
import { answer, authority, readObject, termsOf, workspaceOf } from "./exchange.ts";
import { mergePatch } from "./merge-patch.ts";
import { pageOf, sizeOf } from "./page.ts";
import { demandCustomApps, dropClient, ensureClient } from "./custom-apps.ts";
import { issuer } from "./place.ts";
import { Problem } from "./problem.ts";
import { READ_ONLY } from "./resources.ts";
import { secondsOf } from "./seconds-of.ts";

/** Without the binding nothing of a script could be tried, and every sign-in that meets one would fail. */
export const NEEDS_LOADER =
  "this deployment cannot run scripts: deploy it with --with-scripts, which needs the Workers Paid plan";

const IDS = { id: RecordId, flag: RecordId, client_id: ClientId, name: ScopeName };

/** `GET` of a collection: `limit`, `after` (a cursor), `search` (part of an id or name), `expires_before` (seconds since 1970). */
export async function listRecords(c: AppContext, kind: RecordName): Promise<Response> {
  const limit = sizeOf(c);
  const { after = "", search = "" } = c.req.query();
  const before = secondsOf(c, "expires_before");
  const rows = await authority(c).list(kind, limit + 1, after.slice(0, 200), search.slice(0, 200), before);
  const items = rows.map((row) => shown(c, kind, JSON.parse(row.body) as JsonObject));
  return c.json(pageOf(items, limit, rows[limit - 1]?.id));
}

export async function showRecord(c: AppContext, kind: RecordName, id: string): Promise<Response> {
  const found = await authority(c).get(kind, id);
  if (!found) throw new Problem(404, "there is no such record");
  return answer(c, 200, found.version, shown(c, kind, JSON.parse(found.body) as JsonObject));
}

/** `POST`: the id may be left out; it is made then. */
export async function createRecord(c: AppContext, kind: RecordName): Promise<Response> {
  const body = await readObject(c);
  const { id: member } = RECORDS[kind];
  const given = member && body[member];
  if (given === undefined && member !== "id" && member !== "client_id")
    throw invalid([{ path: member ?? "", message: "is missing" }]);
  const id = typeof given === "string" ? given : randomId();
  return write(c, kind, id, body, { ...(await termsOf(c, body)), expected: 0 });
}

/** `PUT`: the whole record, made when it is not there. An identical one changes nothing. */
export async function putRecord(c: AppContext, kind: RecordName, id: string): Promise<Response> {
  const body = await readObject(c);
  return write(c, kind, id, body, await termsOf(c, body));
}

/** `PATCH`: a merge patch (RFC 7396) of what is there. @param sent where the body was read before */
export async function patchRecord(
  c: AppContext,
  kind: RecordName,
  id: string,
  sent?: JsonObject,
): Promise<Response> {
  const patch = sent ?? (await readObject(c));
  const found = await authority(c).get(kind, id);
  if (!found) throw new Problem(404, "there is no such record");
  const merged = mergePatch(JSON.parse(found.body) as Json, patch) as JsonObject;
  // What is never shown is not in what was merged: the authority merges it, and its removal has to be said.
  for (const name of RECORDS[kind].writeOnly) {
    const said = patch[name];
    if (said !== undefined) merged[name] = said;
  }
  return write(c, kind, id, merged, { expected: found.version, ...(await termsOf(c, patch)) });
}

export async function removeRecord(c: AppContext, kind: RecordName, id: string): Promise<Response> {
  const removed = await authority(c).remove(kind, id, await termsOf(c));
  if (removed.as === "absent") throw new Problem(404, "there is no such record");
  if (removed.as === "stale") throw stale();
  if (removed.as === "used") throw new Problem(409, "the record is in use", { used_by: removed.by });
  if (kind === "custom-apps") await dropClient(c, id);
  expectChange(workspaceOf(c));
  return c.body(null, 204);
}

/** Checks the id, writes, and answers with what is stored now. */
export async function write(
  c: AppContext,
  kind: RecordName,
  id: string,
  body: JsonObject,
  terms: Terms,
): Promise<Response> {
  if (kind === "custom-apps") await demandCustomApps(c);
  if (kind === "scripts" && !c.env.LOADER) throw invalid([{ path: "body", message: NEEDS_LOADER }]);
  const member = RECORDS[kind].id;
  const unusable = member && IDS[member].safeParse(id).error?.issues[0];
  if (member && unusable) throw invalid([{ path: member, message: unusable.message }]);
  if (member && body[member] !== undefined && body[member] !== id)
    throw invalid([{ path: member, message: "is not the id of the record, which never changes" }]);
  const own = kind === "custom-apps" ? { client_id: appClientId(workspaceOf(c), id) } : {};
  const input = JSON.stringify({ ...writable(kind, body), ...own });
  const written: Written = await authority(c).put(kind, id, input, terms);
  switch (written.as) {
    case "invalid":
      throw invalid(written.issues);
    case "reused":
      throw new Problem(422, "the Idempotency-Key was used for another request");
    case "stale":
      throw stale();
    case "created":
    case "changed":
    case "unchanged": {
      expectChange(workspaceOf(c));
      const revealed = written.revealed ? (JSON.parse(written.revealed) as JsonObject) : {};
      const record = shown(c, kind, JSON.parse(written.body) as JsonObject);
      const made =
        kind === "custom-apps" &&
        (await ensureClient(c, record as { readonly id: string; readonly name: string }, terms.once));
      const status = written.as === "created" ? 201 : 200;
      return answer(c, status, written.version, { ...record, ...revealed, ...(made && { client: made }) });
    }
  }
}

/** Without the read-only members, which are ignored when they are sent back. */
export function writable(kind: RecordName, body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !READ_ONLY[kind]?.includes(name)));
}

/** With what an operator copies into the provider's console. */
function shown(c: AppContext, kind: RecordName, record: JsonObject): JsonObject {
  const { id, method } = record;
  if (kind !== "connections" || typeof id !== "string" || typeof method !== "string") return record;
  return {
    ...record,
    redirect_url: `${issuer(c, workspaceOf(c))}${callbackPath(method, id)}`,
  };
}

function invalid(errors: readonly { path: string; message: string }[]): Problem {
  return new Problem(422, "the record is not valid", { errors });
}

function stale(): Problem {
  return new Problem(412, "the record is not the one that you saw");
}
