/** `npm run faults`: what must hold when things break, many times over. `--short` is what `npm test` runs. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faults, LONG, SHORT } from "./index.ts";
import { makeWorld } from "./world.ts";

const size = process.argv.includes("--short") ? SHORT : LONG;
const state = await mkdtemp(join(tmpdir(), "vestibule-faults-"));
const world = await makeWorld(state);
let failed = 0;
try {
  for (const fault of faults) {
    const began = performance.now();
    const told = await fault.run(world, size).catch((error: unknown) => {
      failed += 1;
      return `FAILED: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    });
    console.log(`${fault.name} (${((performance.now() - began) / 1_000).toFixed(0)} s)\n  ${told}`);
  }
} finally {
  await world.stop();
  await rm(state, { recursive: true, force: true });
}
process.exit(failed > 0 ? 1 : 0);
