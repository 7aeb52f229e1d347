/** Scripts as records: versions with who and when, secrets that nobody reads, and a deployment that cannot run any. */
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { api, must, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import { now } from "../clock.ts";
import { counting } from "../counting.ts";
import { run, script } from "../scripts.ts";
import { makeWorld } from "../world.ts";

const world = await makeWorld();
const at = (record: string) => `workspaces/${world.id}/${record}`;
const SECRET = "a-secret-of-scripts";

interface Version {
  readonly version: number;
  readonly at: number;
  readonly by: string;
  readonly script: { readonly body: string };
}
const versions = async (id: string) =>
  (await must("GET", at(`scripts/${id}/versions`)))["items"] as unknown as Version[];

it("every version is kept with who wrote it and when, and an earlier one can be returned to", async () => {
  for (const n of [1, 2, 3])
    await world.put("scripts/three", { name: "Three", body: script(`return ${n};`) });
  const kept = await versions("three");
  expect(kept.map(({ script: { body } }) => body)).toEqual([3, 2, 1].map((n) => script(`return ${n};`)));
  expect(kept[0]).toMatchObject({ by: "bootstrap key", at: now() });
  const restored = await must("POST", at(`scripts/three/versions/${kept.at(-1)!.version}/restore`));
  expect(restored["body"]).toBe(script("return 1;"));
  expect((await versions("three")).map(({ script: { body } }) => body)[0]).toBe(script("return 1;"));
  expect(await versions("three")).toHaveLength(4);
});

it("a version that never was is not found", async () => {
  expect(problem(await api("POST", at("scripts/three/versions/999999/restore")))).toEqual([
    404,
    "there is no such version",
  ]);
  expect(problem(await api("GET", at("scripts/none/versions")))).toEqual([404, "there is no such record"]);
});

it("fifty versions are kept", async () => {
  for (let n = 0; n < 52; n++) await world.put("scripts/many", { name: "Many", body: String(n) });
  const kept = await versions("many");
  expect([kept.length, kept[0]!.script.body, kept.at(-1)!.script.body]).toEqual([50, "51", "2"]);
});

it("a secret is written and never shown, sealed where it is kept, and stays when it is left out", async () => {
  const made = await world.put("secrets/KEY", { secret: SECRET, description: "For the CRM" });
  expect(made).toEqual({ id: "KEY", description: "For the CRM" });
  const changed = await world.patch("secrets/KEY", { description: "For another" });
  expect(changed).toEqual({ id: "KEY", description: "For another" });
  expect(await must("GET", at("secrets"))).toEqual({ items: [changed] });
  expect(await env.CONFIG.get(`${world.id}/secret/KEY`)).not.toContain(SECRET);
  const length = script("return context.secrets.KEY.length;");
  expect((await run(world, length, { secrets: ["KEY"] })).output).toBe(SECRET.length);
});

it.each([
  ["secrets/KEY-2", { secret: SECRET }, "id"],
  ["secrets/SHORT", { secret: "1234567" }, "secret"],
  ["secrets/NONE", {}, "secret"],
  ["scripts/a", { name: "A", body: "", hosts: ["https://api.example.com"] }, "hosts.0"],
  ["scripts/a", { name: "A", body: "", hosts: ["10.0.0.1"] }, "hosts.0"],
  ["scripts/a", { name: "A", body: "", hosts: ["metadata.internal"] }, "hosts.0"],
  ["scripts/a", { name: "A", body: "x".repeat(65_537) }, "body"],
  ["scripts/a", { name: "A", body: "", secrets: ["ABSENT"] }, "secrets"],
  ["scripts/a", { name: "A", body: "", secrets: Array(21).fill("KEY") }, "secrets"],
  ["scripts/a", { name: "A", body: "", hosts: Array(21).fill("api.example.com") }, "hosts"],
  [
    "scripts/a",
    { name: "A", body: "", test_inputs: Array(11).fill({ name: "a", input: "" }) },
    "test_inputs",
  ],
  [
    "scripts/a",
    { name: "A", body: "", test_inputs: [{ name: "a", input: "x".repeat(65_537) }] },
    "test_inputs.0.input",
  ],
  ["secrets/LONG", { secret: "x".repeat(5_001) }, "secret"],
])("%s with a fault is refused", async (record, body, path) => {
  expect(problem(await api("PUT", at(record), body))).toEqual([422, "the record is not valid", path]);
});

it("a script and a secret in use are not deleted", async () => {
  await world.put("scripts/used", { name: "Used", body: "", secrets: ["KEY"] });
  await world.settings({ token_minting_script: "used" });
  const [one, other] = [await api("DELETE", at("secrets/KEY")), await api("DELETE", at("scripts/used"))];
  expect([one.status, one.body["used_by"]]).toEqual([409, ["scripts/used"]]);
  expect([other.status, other.body["used_by"]]).toEqual([409, [`settings/${world.id}`]]);
  await world.settings({ token_minting_script: null });
});

it("without the Worker Loader scripts are refused when they are saved or tried, and one that is there lets nobody in", async () => {
  const { via } = counting({ LOADER: undefined });
  const reason =
    "this deployment cannot run scripts: deploy it with --with-scripts, which needs the Workers Paid plan";
  const saved = await api("PUT", at("scripts/new"), { name: "New", body: "" }, {}, via);
  expect([saved.status, saved.body["errors"]]).toEqual([422, [{ path: "body", message: reason }]]);
  const tried = await api("POST", at("scripts/test"), { body: "" }, {}, via);
  expect(problem(tried)).toEqual([422, reason]);
  await world.connection("pool");
  const app = await world.client("app", { via });
  expect(await app.signIn(new Browser("ada", via))).toHaveProperty("id_token");
  await world.put("scripts/there", { name: "There", body: script("") });
  await world.patch("connections/pool", { post_authn_ctx_script: "there" });
  const answer = await new Browser("ada", via).open((await app.begin()).url);
  expect(answer.url.searchParams.get("error")).toBe("server_error");
});

it("execution points are assigned and taken off across records, and say what they give and take", async () => {
  const other = await makeWorld();
  await other.connection("pool");
  await other.client("app");
  await other.put("scripts/any", { name: "Any", body: "" });
  const points = [
    { type: "post_authn_ctx", target_fk: "pool", script_id: "any" },
    { type: "token_minting", target_fk: other.id, script_id: "any" },
    { type: "client_token_minting", target_fk: "app", script_id: "any" },
  ];
  const path = `workspaces/${other.id}/script-execution-points`;
  const assigned = await must("PUT", path, { execution_points: points });
  expect(assigned["execution_points"]).toEqual(points);
  expect(await must("GET", `workspaces/${other.id}/connections/pool`)).toMatchObject({
    post_authn_ctx_script: "any",
  });
  expect(Object.keys((assigned as Record<string, object>)["types"] ?? {})).toContain("allowed_idp_ids");
  const off = await must("PUT", path, { execution_points: points.map((one) => ({ ...one, script_id: "" })) });
  expect(off["execution_points"]).toEqual([]);
  const missing = { type: "post_authn_ctx", target_fk: "none", script_id: "any" };
  expect(problem(await api("PUT", path, { execution_points: [missing] }))).toEqual([
    404,
    "there is no such target",
  ]);
  const wrong = { ...missing, target_fk: "pool", script_id: "none" };
  expect(problem(await api("PUT", path, { execution_points: [wrong] }))).toEqual([
    422,
    "the record is not valid",
    "post_authn_ctx_script",
  ]);
});
