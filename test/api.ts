/** The operator's side: the admin API with the bootstrap key. */
import { exports } from "cloudflare:workers";
import { bindings, ORIGIN } from "./bindings.ts";
import type { Via } from "./browser.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, never> & Record<string, unknown>;
}

export async function api(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
  via: Via = (request) => exports.default.fetch(request),
): Promise<Answer> {
  const request = new Request(`${ORIGIN}/api/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${bindings.BOOTSTRAP_KEY}`,
      ...(body && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const response = await via(request);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
}

/** @throws Error that says what the API found wrong */
export async function must(method: string, path: string, body?: object): Promise<Answer["body"]> {
  const answer = await api(method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Status and title of a problem, and the paths of its invalid fields. */
export function problem({ status, body }: Answer): unknown[] {
  const errors = body["errors"] as { path: string }[] | undefined;
  return [status, body["title"], ...(errors?.map(({ path }) => path) ?? [])];
}
