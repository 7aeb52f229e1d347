import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { freePort, isFree } from "../local/ports.ts";
import { interrupt, run, running, type Run } from "./runner.ts";
import { temporary } from "./vestibule.ts";

const windows = process.platform === "win32" && "a terminal's Ctrl-C cannot be sent on Windows";

test(
  "npm start --json says in one line what a program needs to know; Ctrl-C ends all of it",
  { skip: windows },
  async () => {
    const { port, folder, start } = await npmStart("--json");
    const ready = JSON.parse((await start.says('"origin"')).trim().split("\n").at(-1)!) as Record<
      string,
      unknown
    >;
    const origin = `http://localhost:${port}`;
    assert.deepEqual(
      [ready.origin, ready.workspace, ready.issuer, ready.portal, ready.console],
      [origin, "demo", `${origin}/demo`, `${origin}/demo/me`, `${origin}/admin`],
    );
    assert.equal((await fetch(`${origin}/healthz`)).status, 200);
    assert.equal((await running(`127.0.0.1:${port}`)).length, 1);

    const second = await started(folder, { "--port": await freePort(), "--pool-port": await freePort() });
    assert.deepEqual([second.code, second.stdout], [1, ""]);
    const refusal = new RegExp(
      `^Vestibule is already running from this folder, at ${origin} \\(process \\d+\\)\\.\n$`,
    );
    assert.match(second.stderr, refusal);

    interrupt(start);
    await nothingIsLeft(start, port);
  },
);

test("Ctrl-C while it is starting leaves nothing behind either", { skip: windows }, async () => {
  const { port, start } = await npmStart();
  await start.says("3/4");
  interrupt(start);
  await nothingIsLeft(start, port);
});

test("a port in use is said in one sentence, with the way to choose another", async () => {
  const busy = await freePort();
  const server = createServer().listen(busy, "127.0.0.1");
  const free = { "--port": await freePort(), "--pool-port": await freePort() };
  await Promise.all(
    Object.keys(free).map(async (flag) => {
      const said = `Port ${busy} is already in use; choose another one with: npm start -- ${flag} ${busy + 3}\n`;
      const ended = await started(await temporary(), { ...free, [flag]: busy });
      assert.deepEqual(ended, { code: 1, stdout: "", stderr: said });
    }),
  );
  server.close();
});

/** What `npm start` runs, without npm's own words. */
function started(folder: string, ports: Readonly<Record<string, number>>): Run["ended"] {
  const flags = Object.entries(ports).flatMap(([name, port]) => [name, String(port)]);
  return run("node", ["test/bootstrap.mjs", "test/local/start.ts", "--state", folder, ...flags]).ended;
}

async function npmStart(...flags: readonly string[]) {
  const [folder, port, poolPort] = [await temporary(), await freePort(), await freePort()];
  const args = [
    "start",
    "--",
    ...flags,
    "--state",
    folder,
    "--port",
    String(port),
    "--pool-port",
    String(poolPort),
  ];
  return { folder, port, start: run("npm", args) };
}

async function nothingIsLeft(start: Run, port: number): Promise<void> {
  await start.ended;
  for (let tries = 0; tries < 50 && (await running(`127.0.0.1:${port}`)).length > 0; tries++)
    await setTimeout(100);
  assert.deepEqual(await running(`127.0.0.1:${port}`), []);
  assert.ok(await isFree(port));
}
