/** No event is recorded that nobody ever saw recorded. */
import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { test } from "node:test";
import { EVENT_TYPES } from "../../src/audit/event.ts";

test("every type of audit event is looked for by name in a test", async () => {
  let tests = "";
  for await (const path of glob("test/{attacks,journeys,audit,store,browser}/**/*.test.ts"))
    tests += await readFile(path, "utf8");
  assert.ok(EVENT_TYPES.length > 30);
  // As a string, or as a member of an object that groups events by type.
  const missing = EVENT_TYPES.filter((type) => !new RegExp(`"${type}"|\\.${type}\\b`).test(tests));
  assert.deepEqual(missing, []);
});
