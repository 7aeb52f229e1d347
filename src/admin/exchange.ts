/** Requests and answers of the admin API: bodies, versions, terms. */
import { isObject } from "../config/json.ts";
import { isDeeper } from "../config/measure.ts";
import type { JsonObject } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { hashSecret } from "../crypto/secret.ts";
import { bytesWithin } from "../store/bytes-within.ts";
import type { Terms } from "../store/workspace/put.ts";
import { readConfiguration } from "../store/configuration.ts";
import type { Objects } from "../store/placed.ts";
import { clock } from "../store/rows.ts";
import { Problem } from "./problem.ts";

/** Bytes of a body: a connection with a thousand attributes fits. */
const LARGEST = 1_000_000;
/** Levels of a body: deeper ones are of no use, and would be walked by recursion. */
const DEEPEST = 64;
/** Characters of an `Idempotency-Key`. */
const KEY = /^[\x21-\x7e]{16,255}$/;

/** Once a request: the body is read as it comes. @param largest in bytes @throws Problem 400, 413 or 415 */
export async function readObject(c: AppContext, largest = LARGEST): Promise<JsonObject> {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== undefined && type !== "application/json" && type !== "application/merge-patch+json")
    throw new Problem(415, "the body must be application/json");
  const bytes = await bytesWithin(c.req.raw.body, largest);
  if (!bytes) throw new Problem(413, `the body has more than ${largest} bytes`);
  try {
    const body: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes),
    );
    if (isObject(body) && !isDeeper(body, DEEPEST)) return body;
  } catch {
    // One answer for everything that is not an object.
  }
  throw new Problem(400, "the body must be a JSON object");
}

/** With its version; a reader who has this version already gets no body (RFC 9110 §13.1.2). */
export function answer(c: AppContext, status: 200 | 201, version: number, body: JsonObject): Response {
  const headers = { ETag: `"${version}"` };
  const known = c.req.method === "GET" && c.req.header("if-none-match") === headers.ETag;
  return known ? c.body(null, 304, headers) : c.json(body, status, headers);
}

/** Who writes, what they saw, and under which key a retry is the same request. */
export async function termsOf(c: AppContext, body?: JsonObject): Promise<Terms> {
  const { operator, request_id } = c.var;
  const expected = expectedVersion(c);
  const sent = c.req.header("idempotency-key");
  if (sent !== undefined && !KEY.test(sent))
    throw new Problem(400, "Idempotency-Key must have 16 to 255 printable characters");
  // Of this operator: another's key is another key.
  const once = sent !== undefined && {
    key: await hashSecret(JSON.stringify([operator.by, sent])),
    request: await hashSecret(JSON.stringify([c.req.method, c.req.path, body])),
  };
  return { by: operator.by, request_id, ...(expected !== undefined && { expected }), ...(once && { once }) };
}

/** RFC 9110 §13.1: `If-Match` is the version that was seen, `If-None-Match: *` says that there must be none. */
function expectedVersion(c: AppContext): Terms["expected"] {
  const none = c.req.header("if-none-match");
  if (none === "*") return 0;
  if (none !== undefined) throw new Problem(400, "If-None-Match of a change must be *");
  const match = c.req.header("if-match");
  if (match === undefined) return undefined;
  if (match === "*") return "any";
  const [, version] = /^"(\d{1,15})"$/.exec(match) ?? [];
  if (version === undefined) throw new Problem(400, "If-Match must be an ETag of this API");
  return Number(version);
}

/** The workspace that the path names. */
export function workspaceOf(c: AppContext): string {
  return c.req.param("workspace") ?? "";
}

/** Its authority; the table of workspaces was asked before. */
export function authority(c: AppContext) {
  return objectsOf(c).WORKSPACE.getByName(workspaceOf(c));
}

/** The objects of the workspace that the path names. */
export function objectsOf(c: AppContext): Objects {
  return readConfiguration(c.env, clock).objects(workspaceOf(c));
}
