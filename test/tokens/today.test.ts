/** A grant as today's configuration allows it. */
import { expect, it } from "vitest";
import type { Broker } from "../../src/broker.ts";
import type { Client } from "../../src/config/client.ts";
import { asOfToday } from "../../src/tokens/today.ts";

const API = "https://orders.example.com";
const broker = (scopes: readonly string[]) =>
  ({
    workspace: { scopes: scopes.map((name) => ({ name })), apis: [{ identifier: API }] },
  }) as unknown as Broker;
const client = (scope: readonly string[]) => ({ scope }) as unknown as Client;
const grant = (scope: readonly string[], more: object = {}) => ({
  id: "g",
  client_id: "app",
  subject: "s",
  scope,
  resource: [],
  ...more,
});

it("leaves out scopes that are gone, from the workspace or from the client", () => {
  const [kept] = [asOfToday(broker(["a", "b"]), client(["a", "c"]), grant(["a", "b", "c"]))];
  expect(kept.scope).toEqual(["a"]);
});

it("is invalid_grant for a person when nothing is left, and fine for a client on its own", () => {
  expect(() => asOfToday(broker([]), client(["a"]), grant(["a"]))).toThrow(
    "nothing of what was granted exists any more",
  );
  const own = grant(["a"], { subject: undefined });
  expect(asOfToday(broker([]), client(["a"]), own as never).scope).toEqual([]);
});

it("is invalid_target for an API that is gone, one of several even", () => {
  const all = broker(["a"]);
  expect(asOfToday(all, client(["a"]), grant(["a"], { resource: [API] })).resource).toEqual([API]);
  expect(() =>
    asOfToday(all, client(["a"]), grant(["a"], { resource: [API, "https://gone.example"] })),
  ).toThrow("resource is not an API of this workspace");
});

it("names a thousand characters of scope and resource and no more, so that a token stays under 8 KB (design §5.11)", () => {
  const names = (last: number) => [
    ...Array.from({ length: 9 }, (_, n) => `${n}`.repeat(99)),
    "z".repeat(last),
  ];
  const judged = (last: number) =>
    asOfToday(broker(names(last)), client(names(last)), grant(names(last))).scope;
  expect(judged(100)).toHaveLength(10);
  expect(() => judged(101)).toThrow("scope and resource are longer than 1000 characters together");
});
