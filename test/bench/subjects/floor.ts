import type { Started } from "./index.ts";
import { peer } from "./peer.ts";
import { onWorkerd } from "./workerd.ts";

/** As many requests, object calls, rows and signatures as a sign-in has, and nothing else. */
export function floor(provider: string): Promise<Started> {
  return onWorkerd(provider, async () => ({
    ...(await peer("floor")),
    durableObjects: Object.fromEntries(
      ["Person", "Log"].map((className) => [className.toUpperCase(), { className, useSQLite: true }]),
    ),
  }));
}
