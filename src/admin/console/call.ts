/** The admin API as the console uses it: in process, through the whole app, with the operator's own proof and nothing more. */
import type { JsonObject } from "../../flow.ts";
import type { AppContext } from "../../http/context.ts";

export interface Answer {
  readonly body: JsonObject;
  /** Version of the record, to send back as `If-Match`. */
  readonly etag: string | undefined;
}

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What the API refused, as its problem details say it (RFC 9457). */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly usedBy: readonly string[];

  constructor(status: number, problem: JsonObject) {
    super(typeof problem["title"] === "string" ? problem["title"] : "the API did not answer");
    this.status = status;
    this.errors = (problem["errors"] ?? []) as unknown as FieldError[];
    this.usedBy = (problem["used_by"] ?? []) as string[];
  }
}

/** @param path below `/api` @throws Refused */
export type Call = (
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: JsonObject,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** @param proof headers by which the API knows the operator */
export function caller(c: AppContext, proof: Readonly<Record<string, string>>): Call {
  const { admin } = c.var.deployment;
  // Whom the API counts requests for.
  const address = c.req.header("cf-connecting-ip");
  return async (method, path, body, headers = {}) => {
    const request = new Request(`${admin}/api/${path}`, {
      method,
      headers: {
        ...proof,
        ...(address && { "cf-connecting-ip": address }),
        ...(body && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const response = await c.var.self(request);
    const text = await response.text();
    const answered = (text ? JSON.parse(text) : {}) as JsonObject;
    if (response.status >= 400) throw new Refused(response.status, answered);
    return { body: answered, etag: response.headers.get("etag") ?? undefined };
  };
}
