/** What a script said, whatever that is: taken within its point's schema, or the end of the sign-in. */
import { expect, it } from "vitest";
import type { Broker } from "../../src/broker.ts";
import { Script } from "../../src/config/script.ts";
import type { Json } from "../../src/flow.ts";
import type { Point } from "../../src/scripts/points.ts";
import { runScript } from "../../src/steps/run-script.ts";

const script = Script.parse({ id: "any", name: "Any", body: "" });
const said = (output: Json | undefined): Broker["scripts"] => ({
  run: async () => ({ as: "succeeded", ...(output !== undefined && { output }), console: [], duration: 1 }),
});

async function run(point: Point, changed: Partial<Broker>) {
  const executed: unknown[] = [];
  const broker = {
    workspace: { id: "w" },
    script: async () => script,
    secrets: async () => ({}),
    now: () => 0,
    executed: (event: unknown) => executed.push(event),
    ...changed,
  } as unknown as Broker;
  return { ran: runScript(broker, point, "any", {} as never), executed };
}

it.each<[string, Point, Json, string]>([
  ["an amr of 51 characters", "post_authn_ctx", { amr: ["x".repeat(51)] }, "its amr is of a wrong type"],
  ["an amr that is empty", "post_authn_ctx", { amr: [""] }, "its amr is of a wrong type"],
  ["eleven amr", "post_authn_ctx", { amr: Array(11).fill("pwd") }, "its amr is of a wrong type"],
  ["an acr of 201 characters", "post_authn_ctx", { acr: "x".repeat(201) }, "its acr is of a wrong type"],
  ["an acr that is empty", "post_authn_ctx", { acr: "" }, "its acr is of a wrong type"],
  [
    "1,001 providers",
    "allowed_idp_ids",
    { idps_ids: Array(1_001).fill("a") },
    "its idps_ids is of a wrong type",
  ],
  ["no providers at all", "allowed_idp_ids", {}, "its idps_ids is of a wrong type"],
  ["claims that are a list", "token_minting", { id_token: [] }, "its id_token is of a wrong type"],
])("%s end it", async (_, point, output, reason) => {
  const { ran, executed } = await run(point, { scripts: said(output) } as Partial<Broker>);
  await expect(ran).rejects.toMatchObject({ code: "server_error", reason: `script any: ${reason}` });
  expect(executed).toMatchObject([{ outcome: "failed", reason }]);
});

it("what cannot run ends it as well: it is not left out, whatever was chosen for a failure", async () => {
  for (const [changed, reason] of [
    [{ script: async () => undefined, scripts: said({}) }, "there is no such script"],
    [{ script: async () => ({ ...script, on_error: "continue" }) }, "this deployment has no Worker Loader"],
  ] as const) {
    const { ran, executed } = await run("post_authn_ctx", changed as Partial<Broker>);
    await expect(ran).rejects.toMatchObject({ code: "server_error" });
    expect(executed).toMatchObject([{ outcome: "failed", duration: 0, reason }]);
  }
});

it("names that mean nothing are told of: a hundred, and no longer than they need be", async () => {
  const names = ["n".repeat(5_000), ...Array.from({ length: 150 }, (_, n) => `n${n}`)];
  const output = Object.fromEntries(names.map((name) => [name, 1]));
  const { ran } = await run("post_authn_ctx", { scripts: said(output) } as Partial<Broker>);
  const { dropped } = await ran;
  expect(dropped).toEqual(["n".repeat(128), ...names.slice(1, 100)]);
});
