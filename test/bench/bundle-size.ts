import { gzipSync } from "node:zlib";
import { bundle, root } from "../local/worker.ts";

export interface BundleSize {
  /** KiB, minified. */
  readonly minified: number;
  /** KiB, minified and compressed. */
  readonly compressed: number;
}

/** The Worker as it is deployed. */
export async function bundleSize(): Promise<BundleSize> {
  const code = await bundle(`${root}src/index.ts`, true);
  return { minified: Buffer.byteLength(code) / 1_024, compressed: gzipSync(code).length / 1_024 };
}
