/** RFC 9457 — problem details: how the admin API says what is wrong. */
import type { AppContext } from "../http/context.ts";

type Status = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 422 | 429 | 500 | 503;

/** Thrown at the check, written in one place. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: Status;
  readonly more: Readonly<Record<string, unknown>>;

  /** @param title one sentence without values from the request @param more further members, such as `errors` */
  constructor(status: Status, title: string, more: Readonly<Record<string, unknown>> = {}) {
    super(title);
    this.status = status;
    this.more = more;
  }
}

export function writeProblem(c: AppContext, { status, message, more }: Problem): Response {
  const body = { title: message, status, request_id: c.var.request_id, ...more };
  // RFC 6750 §3
  if (status === 401) c.header("WWW-Authenticate", 'Bearer realm="api"');
  if (status === 403) c.header("WWW-Authenticate", 'Bearer realm="api", error="insufficient_scope"');
  return c.body(JSON.stringify(body), status, { "Content-Type": "application/problem+json" });
}
