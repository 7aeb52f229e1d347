/** What the world outside was asked. */
import type { Seen } from "./upstream/record.ts";

/** @param of a pool, or the name of a key set */
export async function asked(of: string, path = ""): Promise<{ seen: Seen; params: URLSearchParams }[]> {
  const response = await fetch(`https://upstream.test/requests?of=${encodeURIComponent(of)}`);
  const all = await response.json<Seen[]>();
  return all
    .filter(({ url }) => new URL(url).pathname.endsWith(path))
    .map((seen) => ({ seen, params: new URLSearchParams(seen.body || new URL(seen.url).search) }));
}
