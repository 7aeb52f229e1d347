/** The way out of a script, for what goes on after its time, and for a harness that is not ours any more (threat 20). */
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { openKeyring } from "../../src/crypto/keyring.ts";
import { Network } from "../../src/scripts/network.ts";
import { openScripts } from "../../src/scripts/open.ts";

const TO = "https://api.example.com/";
const hosts = ["api.example.com"];
const called: string[] = [];
const guarded: typeof fetch = async (to) => {
  called.push(to as string);
  return new Response("hello");
};

const scripts = openScripts(env.LOADER!, openKeyring(`k1:${"A".repeat(43)}`), guarded);
const run = (body: string, context = {}) => {
  called.length = 0;
  return scripts.run({ workspace: "w", id: "script", body, hosts, secrets: [] }, context, {});
};
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

it("is shut for a script that has answered and goes on", async () => {
  const { as } = await run(`
    import { waitUntil } from "cloudflare:workers";
    export default async () => {
      await fetch("${TO}before");
      waitUntil(scheduler.wait(20).then(() => fetch("${TO}after")).catch(() => {}));
    };`);
  await pause(60);
  expect([as, called]).toEqual(["succeeded", [`${TO}before`]]);
});

it("is shut for a script that took longer than it may, and is left behind", async () => {
  const { error } = await run(`
    export default async () => {
      await scheduler.wait(5_050);
      await fetch("${TO}after").catch(() => {});
      await scheduler.wait(60_000);
    };`);
  expect(error).toEqual({ name: "TimeoutError", message: "the script took more than 5000 ms" });
  await pause(500);
  expect(called).toEqual([]);
});

it("of one run is no other's, though the first left a way back to it", async () => {
  const body = `
    import { AsyncLocalStorage } from "node:async_hooks";
    let first;
    export default async () => {
      first ??= AsyncLocalStorage.snapshot();
      await first(() => fetch("${TO}"));
    };`;
  expect((await run(body)).as).toBe("succeeded");
  expect([(await run(body)).as, called]).toEqual(["failed", []]);
});

it.each<[string, object, string]>([
  ["a body that is no bytes", { body: "x".repeat(100_001) }, "a script sends at most 100000 bytes"],
  ["an address that is none", { url: "api.example.com" }, "the host is not on the script's list"],
])("is not opened by %s, though the harness would have said so", async (_, changed, refused) => {
  const network = new Network(hosts, guarded, new AbortController().signal);
  const call = { url: TO, method: "POST", headers: [], body: null, ...changed };
  expect(await network.call(call as never)).toEqual({ refused });
});

it("each run finds the harness as it was, whatever the one before did to it", async () => {
  const body = `
    import Harness from "harness.js";
    for (const change of [
      () => { Harness.prototype.run = () => '{"output":"\\"forged\\"","console":[],"dropped":0}'; },
      () => { delete Harness.prototype.run; },
    ]) try { change(); } catch {}
    export default () => "own";`;
  for (const time of ["first", "second"]) expect((await run(body)).output, time).toBe("own");
});

it("each run has a console of its own, of two that run side by side in one isolate", async () => {
  const body = `
    export default async ({ name }) => {
      for (const wait of [5, 10]) { console.log(name); await scheduler.wait(wait); }
      console.log(name);
    };`;
  const both = await Promise.all(["a", "b"].map((name) => run(body, { name })));
  expect(both.map(({ console }) => console.map(({ text }) => text).join(""))).toEqual(["aaa", "bbb"]);
});
