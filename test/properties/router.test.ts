/** What the router remembers is what it would find. */
import fc from "fast-check";
import { TrieRouter } from "hono/router/trie-router";
import { expect, it } from "vitest";
import { app } from "../../src/app.ts";
import { RememberingRouter } from "../../src/http/router.ts";

const segment = fc.constantFrom(
  "w",
  "x",
  "me",
  "oauth2",
  "token",
  "sessions",
  "end",
  "api",
  "a".repeat(120),
  "*",
);
const address = fc.array(segment, { maxLength: 5 }).map((parts) => `/${parts.join("/")}`);
const method = fc.constantFrom("GET", "POST", "PUT", "DELETE");

it("finds the routes of the app as the tree of routes does, the first time and the second", () => {
  const tree = new TrieRouter<string>();
  const router = new RememberingRouter<string>();
  for (const [index, route] of app.routes.entries())
    for (const one of [tree, router]) one.add(route.method, route.path, String(index));
  fc.assert(
    fc.property(fc.array(fc.tuple(method, address), { maxLength: 30 }), (requests) => {
      for (const [verb, path] of [...requests, ...requests])
        expect(router.match(verb, path)).toEqual(tree.match(verb, path));
    }),
  );
});

it("a route that is added later is found at an address that was asked for before", () => {
  const router = new RememberingRouter<string>();
  expect(router.match("GET", "/w/me")[0]).toEqual([]);
  router.add("GET", "/:workspace/me", "portal");
  expect(router.match("GET", "/w/me")[0].map(([handler]) => handler)).toEqual(["portal"]);
});
