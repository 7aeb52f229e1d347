/** A script that never ends stops local workerd, which does not count CPU: it comes back by itself, and says which script it was. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { after, test } from "node:test";
import { startLocal } from "../local/local.ts";

const folder = await mkdtemp(`${tmpdir()}/vestibule-`);
const log: string[] = [];
const local = await startLocal({ folder, log: (line) => log.push(line) });
after(async () => {
  await local.stop();
  await rm(folder, { recursive: true });
});

const trial = (body: string) =>
  fetch(`${local.origin}/api/workspaces/demo/scripts/test`, {
    method: "POST",
    headers: { authorization: `Bearer ${local.secrets.bootstrap_key}`, "content-type": "application/json" },
    body: JSON.stringify({ body }),
  });

test("an endless loop takes the local server down for seconds, not for good", async () => {
  const ended = await trial("module.exports = () => { for (;;) {} };").then(
    ({ ok }) => ok,
    () => false,
  );
  assert.equal(ended, false);
  for (let tries = 0; ; tries++) {
    const alive = await fetch(`${local.origin}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (alive) break;
    assert.ok(tries < 600, "the server did not come back");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const said = log.find((line) => line.includes("does not come to an end"));
  assert.match(said ?? "", /^The script “test\/[\w-]{22}” of the workspace “demo” does not come to an end/);
  const answer = await trial("module.exports = () => 'still here';");
  assert.equal(((await answer.json()) as { output: string }).output, "still here");
});
