import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { faults, SHORT } from "./index.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
let state: string;
before(async () => {
  state = await mkdtemp(join(tmpdir(), "vestibule-faults-"));
  world = await makeWorld(state);
});
after(async () => {
  await world.stop();
  await rm(state, { recursive: true, force: true });
});

describe("faults, in their short form (npm run faults is the long one)", () => {
  for (const fault of faults)
    it(fault.name, async (t) => {
      t.diagnostic(await fault.run(world, SHORT));
    });
});
