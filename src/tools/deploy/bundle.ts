import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { Configuration } from "./configuration.ts";
import { measure, report } from "./measure.ts";
import { Refusal } from "../refusal.ts";
import type { Wrangler } from "./wrangler.ts";

/** Bundles as a deployment would, offline, and says how large it is and how fast it starts. */
export async function bundle(wrangler: Wrangler, { file, name }: Configuration): Promise<string> {
  const folder = await mkdtemp(`${tmpdir()}/vestibule-bundle-`);
  try {
    const args = ["deploy", "--dry-run", "--minify", "--outdir", folder, "--config", file];
    const { code, output } = await wrangler(args);
    if (code !== 0) throw new Refusal(`${name} could not be bundled:\n${output.trim()}`);
    return report(await measure(`${folder}/index.js`));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
