import assert from "node:assert/strict";

/** The member that names a record, by kind. */
const KINDS = {
  connections: "id",
  clients: "client_id",
  scopes: "name",
  apis: "id",
  schema: "name",
  claims: "id",
  features: "flag",
  "custom-apps": "id",
} as const;

/** Every record of a workspace: its path in the API → its version, which every write raises. */
export async function records(
  origin: string,
  key: string,
  workspace = "demo",
): Promise<Readonly<Record<string, string>>> {
  const lists = await Promise.all(Object.entries(KINDS).map(([kind, id]) => listed(kind, id)));
  const paths = ["", ...lists.flat()];
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, (await read(path)).headers.get("etag") ?? ""])),
  );

  async function listed(kind: string, id: string): Promise<string[]> {
    const { items, next } = (await (await read(`/${kind}`)).json()) as {
      items: Record<string, string>[];
      next?: string;
    };
    assert.equal(next, undefined, "one page");
    return items.map((item) => `/${kind}/${item[id]}`);
  }

  async function read(path: string): Promise<Response> {
    const response = await fetch(`${origin}/api/workspaces/${workspace}${path}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    assert.equal(response.status, 200, path);
    return response;
  }
}
