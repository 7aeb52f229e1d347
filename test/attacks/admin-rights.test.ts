/** Every operation of the admin API against every way of not being allowed: generated from the list of operations. */
import { describe, expect, it } from "vitest";
import { ALL_OPERATIONS } from "../../src/admin/openapi/document.ts";
import { API_SCOPES, type ApiScope } from "../../src/config/api-scopes.ts";
import { problem } from "../api.ts";
import { operatorClient } from "../operators.ts";
import { makeWorld } from "../world.ts";

const [mine, other] = [await makeWorld(), await makeWorld()];
await other.put("scopes/theirs", { display_name: "before" });

type Operation = (typeof ALL_OPERATIONS)[number] & { readonly scope: ApiScope };

/** All but the one that every operator may: to be told who they are. */
const GUARDED = ALL_OPERATIONS.filter((operation): operation is Operation => operation.scope !== undefined);
const inWorkspace = GUARDED.filter(({ path }) => path.includes("{workspace}"));
const named = GUARDED.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);
const namedInWorkspace = named.filter(([, operation]) => inWorkspace.includes(operation));

const everything = await operatorClient(API_SCOPES, [mine.id]);
const writers = new Map<string, Awaited<ReturnType<typeof operatorClient>>>();

/** Somebody who has every scope but those that allow this. */
async function without(scope: string) {
  const [area = "", verb = ""] = scope.split(":");
  const kept = API_SCOPES.filter(
    (name) => !(name === `${area}:write` || (verb === "read" && name === scope)),
  );
  const known = writers.get(scope) ?? (await operatorClient(kept, ["*"]));
  writers.set(scope, known);
  return known;
}

const pathOf = ({ path }: Operation, workspace: string) =>
  path
    .slice(1)
    .replace("{workspace}", workspace)
    .replace("{subject}", "0".repeat(64))
    .replaceAll(/\{\w+\}/g, "nobody");

const bodyOf = ({ method }: Operation) => (["post", "put", "patch"].includes(method) ? {} : undefined);

const call = (who: typeof everything, operation: Operation, workspace: string) =>
  who.api(operation.method.toUpperCase(), pathOf(operation, workspace), bodyOf(operation));

describe.each(named)("%s", (_, operation) => {
  const { scope } = operation;
  // Operators are records of `system` only.
  const workspace = operation.path.includes("/operators") ? "system" : mine.id;

  it(`needs the scope ${scope}`, async () => {
    const answer = await call(await without(scope), operation, workspace);
    expect(problem(answer)).toEqual([403, `this needs the scope ${scope}`]);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="api", error="insufficient_scope"');
  });
});

describe.each(namedInWorkspace)("%s", (_, operation) => {
  it("is nothing to an operator of other workspaces, like a workspace that does not exist", async () => {
    const answers = await Promise.all(
      [other.id, "nobody", "system"].map((workspace) => call(everything, operation, workspace)),
    );
    for (const answer of answers) expect(problem(answer)).toEqual([404, "there is nothing here"]);
  });
});

it("a write of system needs operators:write whatever it writes: it may make an operator", async () => {
  const almost = await operatorClient(
    API_SCOPES.filter((scope) => scope !== "operators:write"),
    ["*"],
  );
  const writes = inWorkspace.filter(
    ({ scope, path }) => scope.endsWith(":write") && !path.includes("/operators"),
  );
  expect(writes.length).toBeGreaterThan(15);
  for (const operation of writes)
    expect(problem(await call(almost, operation, "system")), operation.path).toEqual([
      403,
      "a change of the workspace system needs the scope operators:write",
    ]);
});

it("a list of workspaces holds those of the operator, and none of the refused requests changed one", async () => {
  const { body } = await everything.api("GET", "workspaces?limit=200");
  expect((body["items"] as unknown as { id: string }[]).map(({ id }) => id)).toEqual([mine.id]);
  const theirs = await (
    await operatorClient(["workspaces:read"], [other.id])
  ).api("GET", `workspaces/${other.id}/scopes/theirs`);
  expect(theirs.body["display_name"]).toBe("before");
});
