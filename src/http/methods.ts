/** What an address takes, as the router itself knows it: the list of URLs is said once. */
import type { Hono } from "hono";
import type { App } from "./context.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** @returns methods with a handler of their own; middleware, which takes all of them, is none */
export function methodsAt({ router }: Hono<App>, path: string): string[] {
  return METHODS.filter((method) =>
    router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
}
