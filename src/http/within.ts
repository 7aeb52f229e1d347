/** Requests that the app makes of itself, and the one that each is made for. No header says so: a stranger could send it. */
import type { AppContext } from "./context.ts";

const outer = new WeakMap<Request, AppContext>();

/** Notes that a request is made while another is answered. */
export function within(request: Request, c: AppContext): void {
  outer.set(request, c);
}

/** The request that somebody sent us, which may be this one. */
export function outermost(c: AppContext): AppContext {
  const around = outer.get(c.req.raw);
  return around ? outermost(around) : c;
}
