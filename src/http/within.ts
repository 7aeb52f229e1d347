/** Requests that the app makes of itself, and the one that each is made for. No header says so: a stranger could send it. */
import type { AppContext } from "./context.ts";

const outer = new WeakMap<Request, AppContext>();

/** Requests within each other: the console's own calls, and a provider or an app that is a workspace of ours, need a few. */
const DEEPEST = 10;

/**
 * Notes that a request is made while another is answered.
 * @throws TypeError where that goes on: an address of ours that operators supply can be the one that is being answered, and
 *   no platform counts what never leaves the isolate
 */
export function within(request: Request, c: AppContext): void {
  if (depthOf(c) >= DEEPEST) throw new TypeError("a request of ours leads back to itself");
  outer.set(request, c);
}

function depthOf(c: AppContext): number {
  const around = outer.get(c.req.raw);
  return around ? depthOf(around) + 1 : 0;
}

/** The request that somebody sent us, which may be this one. */
export function outermost(c: AppContext): AppContext {
  const around = outer.get(c.req.raw);
  return around ? outermost(around) : c;
}
