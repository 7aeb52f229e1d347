import { isDeepStrictEqual } from "node:util";
import type { DemoRecord } from "./demo.ts";

export interface SetUp {
  readonly created: number;
  readonly corrected: number;
}

/** Sets the demo up through the public API. What is there already stays as its operator left it, except what has to follow this run. */
export async function setUp(origin: string, key: string, records: readonly DemoRecord[]): Promise<SetUp> {
  let created = 0;
  let corrected = 0;
  for (const { path, create, follow = {}, secrets } of records) {
    const found = await call("GET", path);
    if (found.status === 404) {
      await call("PUT", path, create, { "if-none-match": "*" });
      created += 1;
    } else if (!holds(await found.json(), follow)) {
      await call("PATCH", path, { ...follow, ...secrets }, { "if-match": found.headers.get("etag") ?? "*" });
      corrected += 1;
    }
  }
  return { created, corrected };

  async function call(method: string, path: string, body?: object, condition: Record<string, string> = {}) {
    const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    const headers = { authorization: `Bearer ${key}`, ...(body && { "content-type": type }), ...condition };
    const response = await fetch(`${origin}/api/${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
    });
    if (response.ok || (method === "GET" && response.status === 404)) return response;
    throw new Error(
      `${method} /api/${path} answered ${response.status}: ${(await response.text()).slice(0, 2000)}`,
    );
  }
}

/** Whether a record has every part of a merge patch already. */
function holds(record: unknown, patch: unknown): boolean {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch))
    return isDeepStrictEqual(record, patch);
  const members = (record ?? {}) as Record<string, unknown>;
  return Object.entries(patch).every(([name, part]) => holds(members[name], part));
}
