/** Values of a provider that would break, fill or mislead what reads them (threats 20 and 25): through a real sign-in. */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.put("schema/value", { type: "any" });
  await world.put("schema/constructor", { type: "any" });
  for (const name of ["value", "constructor"])
    for (const type of ["id_token", "access_token"])
      await world.put(`claims/${type}-${name}`, { name, type, source_path: name });
  await world.connection("pool", {
    attributes: [
      { source: "id_token", name: "v", type: "any" },
      { source: "id_token", name: "constructor", type: "any" },
      { source: "id_token", name: "__proto__.polluted", type: "any" },
    ],
    mappings: [
      { source: "id_token.v", target: "value" },
      { source: "id_token.constructor", target: "constructor" },
      { source: "id_token.__proto__.polluted", target: "value" },
    ],
  });
  app = await world.client("app");
});

async function given(claims: Record<string, unknown>) {
  const person = new Browser("ada");
  person.person.claims = claims;
  const { id_token, access_token } = await app.signIn(person);
  return [decodeJwt(id_token!), decodeJwt(access_token)];
}

const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);

describe("is left out whole, and the sign-in goes on", () => {
  it.each<[string, unknown]>([
    ["a text of 100,000 characters", "x*100000"],
    ["more than 500 groups", Array.from({ length: 600 }, (_, index) => `g${index}`)],
    ["deep nesting", deep(60)],
    ["a number beyond 2^53", 2 ** 53 + 2],
  ])("%s", async (_, v) => {
    for (const claims of await given({ v })) expect(claims).not.toHaveProperty("value");
  });
});

it("an answer with a megabyte of text is not read to its end: the sign-in ends with an error", async () => {
  await expect(given({ v: "x*1000000" })).rejects.toThrow(
    "authorization response from the server is an error",
  );
});

it("emoji and names from the right arrive as they are", async () => {
  const v = "👩‍🚀 \u202eداوود";
  for (const claims of await given({ v })) expect(claims).toMatchObject({ value: v });
});

it("prototype pollution: __proto__ and constructor lead to own members or nowhere", async () => {
  const hostile = JSON.parse(
    '{"v":{"__proto__":{"polluted":1}},"constructor":{"prototype":{"polluted":1}}}',
  ) as object;
  for (const claims of await given({ ...hostile })) {
    expect(claims["constructor"]).toEqual({ prototype: { polluted: 1 } });
    expect(Object.hasOwn(claims["value"] as object, "__proto__")).toBe(true);
  }
  // Nobody's `constructor` is the one that every object inherits.
  for (const claims of await given({ v: 1 })) expect(Object.hasOwn(claims, "constructor")).toBe(false);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
