/** `If-Match`, `If-None-Match` and `Idempotency-Key`: an operation that says it honours one does. */
import { beforeAll, expect, it } from "vitest";
import { ALL_OPERATIONS } from "../../src/admin/openapi/document.ts";
import type { TermsHeader } from "../../src/admin/openapi/operations.ts";
import { api, must, problem } from "../api.ts";
import { script } from "../scripts.ts";
import { makeWorld, type World } from "../world.ts";

/** Kinds of which there is a record; the other kinds go through the same four functions. */
const KINDS = ["scopes", "schema", "claims", "clients", "connections", "apis", "scripts"];

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  await world.client("app");
  await world.put("apis/orders", { name: "Orders", identifier: "https://orders.example.com/" });
  await world.put("scripts/dear", { name: "Dear", body: script("return {};") });
});

const honouring = (header: TermsHeader) =>
  ALL_OPERATIONS.filter(({ terms }) => terms?.includes(header))
    .map(({ method, path }) => ({
      method: method.toUpperCase(),
      path: path.replace("/workspaces/{workspace}", ""),
    }))
    .filter(({ path }) => path === "" || KINDS.includes(path.split("/")[1]!));

/** Address and body of what is there, so that nothing but the header can be wrong. */
async function there(path: string): Promise<{ at: string; body?: object }> {
  if (path.endsWith("/{version}/restore")) {
    const at = `workspaces/${world.id}${path.replace("{id}", "dear")}`;
    const { items } = await must("GET", at.replace("/{version}/restore", ""));
    return { at: at.replace("{version}", String((items as unknown as { version: number }[])[0]!.version)) };
  }
  const all = `workspaces/${world.id}${path.replace("/{id}", "")}`;
  if (!path.endsWith("/{id}"))
    return { at: all, body: path === "" ? await must("GET", all) : { name: "new" } };
  const { items } = await must("GET", all);
  const [record] = items as unknown as Record<string, string>[];
  const id = record!["id"] ?? record!["client_id"] ?? record!["name"];
  const body = Object.fromEntries(Object.entries(record!).filter(([name]) => !name.endsWith("_set")));
  return { at: `${all}/${id}`, body };
}

it.each(honouring("If-Match"))(
  "$method $path with the ETag of another version is refused",
  async ({ method, path }) => {
    const { at, body } = await there(path);
    const address = path === "" && method === "DELETE" ? `${at}?confirm=${world.id}` : at;
    const [status] = problem(
      await api(method, address, method === "DELETE" ? undefined : body, { "if-match": '"987654321"' }),
    );
    expect(status).toBe(412);
    expect((await api("GET", at.replace(/\/versions\/.*/, ""))).status).toBe(200);
  },
);

it.each(honouring("Idempotency-Key"))("$method $path reads its Idempotency-Key", async ({ method, path }) => {
  const { at, body } = await there(path);
  expect(problem(await api(method, at, body, { "idempotency-key": "short" }))).toEqual([
    400,
    "Idempotency-Key must have 16 to 255 printable characters",
  ]);
});

it.each(honouring("If-None-Match"))("$method $path reads its If-None-Match", async ({ method, path }) => {
  const { at, body } = await there(path);
  expect(problem(await api(method, at, body, { "if-none-match": '"1"' }))).toEqual([
    400,
    "If-None-Match of a change must be *",
  ]);
});

it("the operations that document none of them are these", () => {
  const rest = ALL_OPERATIONS.filter(({ method, terms }) => method !== "get" && !terms);
  // A new one is looked at here: whether a retry or a stale caller can do harm.
  expect(rest.map(({ method, path }) => `${method} ${path.replace("/workspaces/{workspace}", "")}`)).toEqual([
    "post /connections/{id}/check",
    "post /keys/{kid}/revoke",
    "post /reseal",
    "put /backup",
    "delete /subjects/{subject}",
    "delete /subjects/{subject}/sessions/{id}",
    "delete /subjects/{subject}/contexts",
    "delete /subjects/{subject}/identities/{id}",
    "delete /subjects/{subject}/grants/{id}",
    "delete /subjects/{subject}/consents/{id}",
    "post /scripts/test",
    "put /script-execution-points",
    "put /scripts/{id}/debug",
    "delete /scripts/{id}/debug",
  ]);
});
