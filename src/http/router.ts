/** What the router found for an address is remembered: the tree of routes is walked once for each, and not for each request. */
import type { Result, Router } from "hono/router";
import { TrieRouter } from "hono/router/trie-router";

/** Addresses that are remembered; then it begins anew. Made-up ones push out nothing but speed. */
const MOST = 500;
/** Characters of one: together they are bounded, and longer ones have an id of somebody in them and do not come again. */
const LONGEST = 100;

export class RememberingRouter<T> implements Router<T> {
  readonly name = "RememberingRouter";
  readonly #routes = new TrieRouter<T>();
  readonly #found = new Map<string, Result<T>>();

  add(method: string, path: string, handler: T): void {
    this.#found.clear();
    this.#routes.add(method, path, handler);
  }

  match(method: string, path: string): Result<T> {
    const address = `${method} ${path}`;
    const known = this.#found.get(address);
    if (known) return known;
    const found = this.#routes.match(method, path);
    if (address.length > LONGEST) return found;
    if (this.#found.size >= MOST) this.#found.clear();
    this.#found.set(address, found);
    return found;
  }
}
