/** The only way out of a script: to the hosts on its list, under the rules for every URL that operators supply (design §5.7). */
import { RpcTarget } from "cloudflare:workers";
import { LARGEST_REQUEST, MOST_CALLS } from "./limits.ts";

interface Call {
  readonly url: string;
  readonly method: string;
  readonly headers: [string, string][];
  readonly body: ArrayBuffer | null;
}

interface Answered {
  readonly status: number;
  readonly headers: [string, string][];
  readonly body: ArrayBuffer | null;
}

/** Say where a message goes, where it ends and who sends it, which is not the script's to say (RFC 9110 §7.6.1). */
const OURS =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|content-length|upgrade|expect|forwarded|proxy-.*|cf-.*|x-forwarded-.*|x-real-ip)$/i;

/** Handed to one execution and gone with it, so that what is counted is this execution's. */
export class Network extends RpcTarget {
  readonly #hosts: readonly string[];
  readonly #fetch: typeof fetch;
  readonly #over: AbortSignal;
  #left = MOST_CALLS;

  /** @param over aborted when the execution has ended: a script that goes on calls nobody any more */
  constructor(hosts: readonly string[], guarded: typeof fetch, over: AbortSignal) {
    super();
    this.#hosts = hosts;
    this.#fetch = guarded;
    this.#over = over;
  }

  /** @returns why not, for the script to throw; redirects are answers, not followed */
  async call(call: Call): Promise<Answered | { readonly refused: string }> {
    const refused = this.#refusal(call);
    if (refused !== undefined) return { refused };
    const { url, method, headers, body } = call;
    try {
      const sent = new Headers(headers.filter(([name]) => !OURS.test(name)));
      const response = await this.#fetch(url, { method, headers: sent, ...(body && { body }) });
      return {
        status: response.status,
        headers: [...response.headers] as [string, string][],
        // A status that has no body (Fetch §2.2.3) must not be given an empty one.
        body: response.body && (await response.arrayBuffer()),
      };
    } catch (error) {
      return { refused: error instanceof TypeError ? error.message : "the call failed" };
    }
  }

  #refusal({ url, method, body }: Call): string | undefined {
    if (this.#over.aborted) return "the script has ended";
    if (!URL.canParse(url) || !this.#hosts.includes(new URL(url).host))
      return "the host is not on the script's list";
    // Fetch §2.2.1: it makes a server say what was sent to it. CONNECT and TRACK the platform does not know.
    if (method.toUpperCase() === "TRACE") return "the method TRACE is not called";
    if (this.#left-- <= 0) return `a script makes at most ${MOST_CALLS} calls`;
    return body && !(body instanceof ArrayBuffer && body.byteLength <= LARGEST_REQUEST)
      ? `a script sends at most ${LARGEST_REQUEST} bytes`
      : undefined;
  }
}
