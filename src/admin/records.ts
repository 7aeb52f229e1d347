/** Records of a workspace over HTTP: the same five routes for every kind (`store/workspace/records.ts` is the list). */
import type { Json, JsonObject } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { record } from "../http/broker.ts";
import { ClientId, RecordId, ScopeName } from "../config/ids.ts";
import { clock } from "../store/rows.ts";
import { expectChange } from "../store/configuration.ts";
import { RECORDS, type RecordName } from "../store/workspace/records.ts";
import type { Written } from "../store/workspace/put.ts";
import { mergePatch } from "./merge-patch.ts";
import { problem } from "./problem.ts";

/** Records a page. */
const PAGE = 100;
/** Bytes of a body. */
const LARGEST = 1_000_000;

const IDS = { id: RecordId, client_id: ClientId, name: ScopeName };

/** The kind that a URL names. */
export function recordName(text: string | undefined): RecordName | undefined {
  return text !== undefined && text !== "settings" && Object.hasOwn(RECORDS, text)
    ? (text as RecordName)
    : undefined;
}

export async function listRecords(c: AppContext, kind: RecordName): Promise<Response> {
  const rows = await object(c).list(kind, PAGE + 1, c.req.query("after"));
  const items = rows.slice(0, PAGE).map((row) => JSON.parse(withAddresses(c, kind, row.body)) as Json);
  return c.json({ items, ...(rows.length > PAGE && { next: rows[PAGE - 1]?.id }) });
}

export async function showRecord(c: AppContext, kind: RecordName, id: string): Promise<Response> {
  const found = await object(c).get(kind, id);
  if (!found) return problem(c, { status: 404, title: "there is no such record" });
  return answer(c, 200, found.version, withAddresses(c, kind, found.body));
}

/** `PUT`: the whole record, made when it is not there. An identical one changes nothing. */
export async function putRecord(
  c: AppContext,
  kind: RecordName,
  id: string,
  seen: number | "any" | undefined = expected(c),
): Promise<Response> {
  const member = RECORDS[kind].id;
  if (member && !IDS[member].safeParse(id).success)
    return problem(c, {
      status: 422,
      title: "the id is not usable",
      errors: [{ path: member, message: "not an id" }],
    });
  const body = await readBody(c);
  return body instanceof Response ? body : written(c, kind, id, body, seen === "any" ? undefined : seen);
}

/** `PATCH`: a merge patch of what is there. */
export async function patchRecord(c: AppContext, kind: RecordName, id: string): Promise<Response> {
  const patch = await readBody(c);
  if (patch instanceof Response) return patch;
  const found = await object(c).get(kind, id);
  if (!found) return problem(c, { status: 404, title: "there is no such record" });
  const merged = mergePatch(JSON.parse(found.body) as Json, patch) as JsonObject;
  return written(c, kind, id, merged, expected(c) ?? found.version);
}

export async function removeRecord(c: AppContext, kind: RecordName, id: string): Promise<Response> {
  const removed = await object(c).remove(kind, id, expected(c));
  if (removed === "absent") return problem(c, { status: 404, title: "there is no such record" });
  if (removed === "stale") return problem(c, { status: 412, title: "the record has changed since" });
  changed(c, kind, id, "removed");
  return c.body(null, 204);
}

async function written(
  c: AppContext,
  kind: RecordName,
  id: string,
  body: JsonObject,
  version: number | undefined,
): Promise<Response> {
  const { redirect_url: _, ...writable } = body;
  const result: Written = await object(c).put(kind, id, JSON.stringify(writable), version);
  switch (result.as) {
    case "invalid":
      return problem(c, { status: 422, title: "the record is not valid", errors: result.issues });
    case "stale":
      return result.version === undefined
        ? problem(c, { status: 404, title: "there is no such record" })
        : problem(c, { status: 412, title: "the record has changed since" });
    case "created":
    case "changed":
    case "unchanged": {
      if (result.as !== "unchanged") changed(c, kind, id, result.as);
      const revealed = result.revealed ? (JSON.parse(result.revealed) as JsonObject) : {};
      const shown = withAddresses(c, kind, result.body, revealed);
      return answer(c, result.as === "created" ? 201 : 200, result.version, shown);
    }
  }
}

/** What an operator copies into the provider's console; read-only, so it is ignored when it is sent back. */
function withAddresses(c: AppContext, kind: RecordName, body: string, revealed: JsonObject = {}): string {
  const record = JSON.parse(body) as JsonObject;
  const { origin } = c.var.deployment;
  const { id } = record;
  if (kind !== "connections" || typeof id !== "string") return JSON.stringify({ ...record, ...revealed });
  const redirect_url = `${origin}/${c.req.param("workspace") ?? ""}/callback/${id}`;
  return JSON.stringify({ ...record, ...revealed, redirect_url });
}

/** Every change is an event: who, what; and what this isolate reads next is new. */
function changed(c: AppContext, kind: RecordName, id: string, change: string): void {
  const workspace = c.req.param("workspace") ?? "";
  expectChange(workspace);
  const { request_id } = c.var;
  const at = clock();
  record(c, {
    type: "configuration_changed",
    at,
    workspace,
    request_id,
    by: "bootstrap key",
    record: kind,
    id,
    change,
  });
}

/** The authority of the workspace that the path names; the table of workspaces was asked before. */
function object(c: AppContext) {
  return c.env.WORKSPACE.getByName(c.req.param("workspace") ?? "");
}

function answer(c: AppContext, status: 200 | 201, version: number, body: string): Response {
  return c.body(body, status, { "Content-Type": "application/json", ETag: `"${version}"` });
}

/** RFC 9110 §13.1: `If-Match` is the version that was seen, `If-None-Match: *` says that there must be none. */
function expected(c: AppContext): number | undefined {
  if (c.req.header("if-none-match") === "*") return 0;
  const [, version] = /^"(\d+)"$/.exec(c.req.header("if-match") ?? "") ?? [];
  return version === undefined ? (c.req.header("if-match") ? -1 : undefined) : Number(version);
}

async function readBody(c: AppContext): Promise<JsonObject | Response> {
  const text = await c.req.text();
  if (text.length > LARGEST) return problem(c, { status: 413, title: "the body is too large" });
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as JsonObject;
  } catch {
    // One answer for everything that is not an object.
  }
  return problem(c, { status: 400, title: "the body must be a JSON object" });
}
