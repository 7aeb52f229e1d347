/** A deployment, as its admin API shows it. */
import type { JsonObject } from "../../flow.ts";
import { Refusal } from "../refusal.ts";

export interface Deployment {
  /** Undefined where there is nothing. */
  read(path: string): Promise<{ readonly body: JsonObject; readonly etag: string } | undefined>;
  /** Every item of a list, page by page. */
  list(path: string): Promise<readonly JsonObject[]>;
  /** @param seen ETag of what was seen; undefined for "there must be none" */
  write(path: string, body: JsonObject, seen: string | undefined): Promise<JsonObject>;
  patch(path: string, body: JsonObject, seen: string): Promise<JsonObject>;
  remove(path: string, seen: string): Promise<void>;
  /** The deployment itself judges whether that may be done. */
  restore(path: string, body: JsonObject): Promise<void>;
}

type Headers = Readonly<Record<string, string>>;

export function openDeployment(origin: string, token: string): Deployment {
  async function call(
    method: string,
    path: string,
    body?: JsonObject,
    more: Headers = {},
  ): Promise<Response> {
    const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    const headers = { authorization: `Bearer ${token}`, ...(body && { "content-type": type }), ...more };
    // The token goes where it was meant to go, and nowhere else.
    const init = { method, headers, redirect: "error", ...(body && { body: JSON.stringify(body) }) } as const;
    const response = await fetch(`${origin}/api/${path}`, init).catch((error: unknown) => {
      throw new Refusal(`${origin} cannot be reached: ${causeOf(error)}`);
    });
    if (response.ok || (method === "GET" && response.status === 404)) return response;
    throw new Refusal(await problem(`${method} /api/${path}`, response));
  }

  const json = async (response: Response) => (await response.json()) as JsonObject;
  const since = (seen: string | undefined): Headers =>
    seen === undefined ? { "if-none-match": "*" } : { "if-match": seen };

  return {
    async read(path) {
      const response = await call("GET", path);
      if (response.status === 404) return undefined;
      return { body: await json(response), etag: response.headers.get("etag") ?? "*" };
    },
    async list(path) {
      const items: JsonObject[] = [];
      let next: string | undefined = "";
      while (next !== undefined) {
        const page = (await json(
          await call("GET", `${path}?limit=200&after=${encodeURIComponent(next)}`),
        )) as {
          items?: JsonObject[];
          next?: string;
        };
        items.push(...(page.items ?? []));
        next = page.next;
      }
      return items;
    },
    write: async (path, body, seen) => json(await call("PUT", path, body, since(seen))),
    patch: async (path, body, seen) => json(await call("PATCH", path, body, since(seen))),
    async remove(path, seen) {
      await call("DELETE", path, undefined, since(seen));
    },
    async restore(path, body) {
      await call("PUT", path, body);
    },
  };
}

const ADVICE: Readonly<Record<number, string>> = {
  401: "set VESTIBULE_TOKEN, or VESTIBULE_CLIENT_ID and VESTIBULE_CLIENT_SECRET",
  412: "somebody changed it after the plan was made; make the plan again",
};

/** RFC 9457, in lines. */
async function problem(call: string, response: Response): Promise<string> {
  const text = await response.text();
  let said: { title?: string; errors?: { path: string; message: string }[]; used_by?: string[] } = {};
  try {
    said = JSON.parse(text) as typeof said;
  } catch {
    // Not from the API: a proxy in front, maybe.
  }
  const advice = ADVICE[response.status];
  return [
    `${call} answered ${response.status}: ${said.title ?? text.slice(0, 200)}`,
    ...(said.errors ?? []).map(({ path, message }) => `  ${path}: ${message}`),
    ...(said.used_by ? [`  used by ${said.used_by.join(", ")}`] : []),
    ...(advice ? [`  ${advice}`] : []),
  ].join("\n");
}

function causeOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
