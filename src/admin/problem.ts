/** RFC 9457 — problem details: how the admin API says what is wrong. */
import type { AppContext } from "../http/context.ts";

interface Problem {
  readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 422;
  readonly title: string;
  /** The path of each invalid field. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

export function problem(c: AppContext, { status, title, errors }: Problem): Response {
  const body = { title, status, request_id: c.var.request_id, ...(errors && { errors }) };
  return c.body(JSON.stringify(body), status, { "Content-Type": "application/problem+json" });
}
