/** Fetch for URLs that operators and clients supply (design §5.7): to public addresses, within limits of size and time. */
import { mustBeCallable } from "../config/public-url.ts";
import { bytesWithin } from "./bytes-within.ts";

/** Bytes. A key set or discovery document is a few thousand. */
const LARGEST = 1_000_000;
/** Milliseconds. A person is waiting. */
const LONGEST = 10_000;

interface Options {
  /** Whether an origin is the deployment's, or a workspace's. */
  readonly isOurs: (origin: string) => boolean;
  readonly loopback: boolean;
  /** The app itself: a Worker's fetch of its own zone does not loop back. */
  readonly self: (request: Request) => Promise<Response>;
}

export function guardedFetch({ isOurs, loopback, self }: Options): typeof fetch {
  return async function outbound(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input, { ...init, redirect: "manual", signal: AbortSignal.timeout(LONGEST) });
    const url = new URL(request.url);
    if (isOurs(url.origin)) return bounded(await self(request));
    mustBeCallable(url, loopback);
    return bounded(await fetch(request));
  };
}

/** Read to its end here: what is passed on cannot stall or grow any more. */
async function bounded(response: Response): Promise<Response> {
  const bytes = await bytesWithin(response.body, LARGEST);
  if (!bytes) throw new TypeError("the answer is too large");
  return new Response([101, 204, 205, 304].includes(response.status) ? null : bytes, response);
}
