/** Reads a discovery document past every cache, and says how that ended. */
import * as oauth from "oauth4webapi";
import type { Seconds } from "../../flow.ts";
import type { Tools } from "../connector.ts";

export type Discovered =
  | { readonly as: "found"; readonly server: oauth.AuthorizationServer; readonly skew?: Seconds }
  /** No answer: no such host, no route, no TLS, or too late. */
  | { readonly as: "silent" }
  | { readonly as: "status"; readonly status: number }
  | { readonly as: "unusable" };

/** Cloudflare's own answer for a host that has no address. */
const NO_SUCH_HOST = 530;

/** @param named what the document must call its issuer */
export async function readDiscovery(
  issuer: URL,
  tools: Pick<Tools, "fetch" | "now">,
  named: URL = issuer,
): Promise<Discovered> {
  let response: Response;
  try {
    response = await oauth.discoveryRequest(issuer, { [oauth.customFetch]: tools.fetch });
  } catch {
    return { as: "silent" };
  }
  if (response.status === NO_SUCH_HOST) return { as: "silent" };
  if (response.status !== 200) return { as: "status", status: response.status };
  const skew = skewOf(response.headers, tools.now());
  try {
    const server = await oauth.processDiscoveryResponse(named, response);
    return { as: "found", server, ...(skew !== undefined && { skew }) };
  } catch {
    return { as: "unusable" };
  }
}

/** Seconds that the provider's clock is ahead of ours; a copy from a cache tells by its `Age` when it was made. */
function skewOf(headers: Headers, now: Seconds): Seconds | undefined {
  const date = Date.parse(headers.get("date") ?? "");
  const age = Number(headers.get("age") ?? 0);
  return Number.isNaN(date) || !Number.isFinite(age) ? undefined : Math.round(date / 1_000) + age - now;
}
