/** Lists: cursor pagination and search, over more records than a page has. */
import { expect, it } from "vitest";
import { api, must, problem } from "../api.ts";
import { makeWorld } from "../world.ts";

const world = await makeWorld();
const list = `workspaces/${world.id}/apis`;
const ids = Array.from({ length: 250 }, (_, i) => `api-${String(i).padStart(3, "0")}`);
for (const id of ids)
  await must("PUT", `${list}/${id}`, {
    identifier: `https://${id}.example.com/v1`,
    name: `Name of ${id} Ärger 100%`,
  });

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next?: string;
}

async function walk(path: string, query: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after = ""; ;) {
    const page = (await must(
      "GET",
      `${path}?${query}&after=${encodeURIComponent(after)}`,
    )) as unknown as Page;
    pages.push(page.items.map(({ id }) => id));
    if (page.next === undefined) return pages;
    after = page.next;
  }
}

it("pages of fifty unless asked for another size, each record once and in order", async () => {
  // One that was written since stays where it is.
  await must("PATCH", `${list}/api-003`, { access_token_lifetime: 600 });
  const usual = await walk(list, "");
  expect(usual.map(({ length }) => length)).toEqual([50, 50, 50, 50, 50]);
  expect(usual.flat()).toEqual(ids);
  expect((await walk(list, "limit=200")).map(({ length }) => length)).toEqual([200, 50]);
  expect((await walk(list, "limit=7")).flat()).toEqual(ids);
});

it("a record that is made or deleted meanwhile moves no other one to a page that was read", async () => {
  const { next } = (await must("GET", `${list}?limit=100`)) as unknown as Page;
  await must("PUT", `${list}/api-000a`, { identifier: "https://late.example.com", name: "Late" });
  const rest = (await must("GET", `${list}?limit=200&after=${next}`)) as unknown as Page;
  expect(rest.items.map(({ id }) => id)).toEqual(ids.slice(100));
  await must("DELETE", `${list}/api-000a`);
});

it.each([
  ["api-24", 10],
  ["NAME OF API-24", 10],
  ["https://api-017.example", 1],
  ["100%", 250],
  ["_", 0],
  ["%", 250],
  ["'; DROP TABLE record; --", 0],
  ["\\", 0],
  ["a-search-that-is-longer-than-fifty-bytes-and-finds-nothing-at-all", 0],
])("search for %s finds %i", async (search, found) => {
  expect((await walk(list, `limit=100&search=${encodeURIComponent(search)}`)).flat()).toHaveLength(found);
});

it.each(["0", "201", "-1", "1.5", "x", "", "99999"])("limit=%s is refused", async (limit) => {
  expect(problem(await api("GET", `${list}?limit=${limit}`))).toEqual([
    400,
    "limit must be a number from 1 to 200",
  ]);
});

it("workspaces are listed and searched the same way", async () => {
  const pages = await walk("workspaces", "limit=2");
  expect(pages.flat()).toContain(world.id);
  expect(pages.flat()).toEqual(pages.flat().toSorted());
  expect((await walk("workspaces", `search=${world.id}`)).flat()).toEqual([world.id]);
});

it("of clients and connections those whose credentials end before a time, also among those that are searched for", async () => {
  const soon = Math.floor(Date.now() / 1_000) + 86_400;
  for (const [id, credentials_expire_at] of [
    ["ends-first", soon - 1],
    ["ends-later", soon],
    ["ends-never", undefined],
    ["other", soon - 1],
  ] as const)
    await world.client(id, { ...(credentials_expire_at && { credentials_expire_at }) });
  await world.connection("ends", { credentials_expire_at: soon - 1 });
  await world.connection("stays");
  const found = async (kind: string, query: string) =>
    (
      (await must("GET", `workspaces/${world.id}/${kind}?${query}`)) as unknown as { items: Item[] }
    ).items.map((item) => item.client_id ?? item.id);
  expect(await found("clients", `expires_before=${soon}`)).toEqual(["ends-first", "other"]);
  expect(await found("clients", `expires_before=${soon}&search=ENDS`)).toEqual(["ends-first"]);
  expect(await found("clients", `expires_before=${soon}&after=ends-first`)).toEqual(["other"]);
  expect(await found("connections", `expires_before=${soon}`)).toEqual(["ends"]);
  expect(problem(await api("GET", `workspaces/${world.id}/clients?expires_before=soon`))).toEqual([
    400,
    "expires_before must be seconds since 1970",
  ]);
});

interface Item {
  readonly id?: string;
  readonly client_id?: string;
}
