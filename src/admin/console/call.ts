/** The admin API as the console uses it: in process, through the whole app, with the operator's own proof and nothing more. */
import type { JsonObject } from "../../flow.ts";
import type { AppContext } from "../../http/context.ts";

export interface Answer<T = JsonObject> {
  readonly body: T;
  /** Version of the record, to send back as `If-Match`. */
  readonly etag: string | undefined;
}

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** Problem details (RFC 9457) as `admin/problem.ts` writes them. */
interface Details {
  readonly title?: string;
  readonly errors?: readonly FieldError[];
  readonly used_by?: readonly string[];
  readonly holds?: Holds;
}

/** What would be lost, counted by kind. */
export type Holds = Readonly<Record<string, number>>;

/** What the API refused, as its problem details say it (RFC 9457). */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly usedBy: readonly string[];
  readonly holds: Holds | undefined;

  constructor(
    status: number,
    { title = "the API did not answer", errors = [], used_by = [], holds }: Details,
  ) {
    super(title);
    this.holds = holds;
    this.status = status;
    this.errors = errors;
    this.usedBy = used_by;
  }
}

/** What an answer is, the API's own description says; whoever asks names it. @param path below `/api` @throws Refused */
export type Call = <T = JsonObject>(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: JsonObject,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer<T>>;

/** @param proof headers by which the API knows the operator */
export function caller(c: AppContext, proof: Readonly<Record<string, string>>): Call {
  const { admin } = c.var.deployment;
  // Whom the API counts requests for.
  const address = c.req.header("cf-connecting-ip");
  return async <T>(...[method, path, body, headers = {}]: Parameters<Call>): Promise<Answer<T>> => {
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
    const answered: unknown = text ? JSON.parse(text) : {};
    if (response.status >= 400) throw new Refused(response.status, answered as Details);
    return { body: answered as T, etag: response.headers.get("etag") ?? undefined };
  };
}
