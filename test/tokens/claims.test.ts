/** Context → claims of one token: by type, scope and room, and never over the protocol (OpenID Connect Core §5.4, design §5.5, §5.11). */
import { describe, expect, it } from "vitest";
import { Claim } from "../../src/config/claim.ts";
import { RESERVED_CLAIMS } from "../../src/config/reserved-claims.ts";
import type { AuthenticationContext, Json } from "../../src/flow.ts";
import { Client } from "../../src/config/client.ts";
import { WorkspaceSettings } from "../../src/config/workspace.ts";
import type { Facts } from "../../src/tokens/facts.ts";
import { asClaims, released } from "../../src/tokens/claims.ts";

const claim = (name: string, source_path = name, more: object = {}) =>
  ({ ...Claim.parse({ id: "x", name: "x", type: "id_token", source_path, ...more }), name }) satisfies Claim;
const context = (values: Record<string, Json>): AuthenticationContext =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, lineage: [] }]));
const facts = (values: Record<string, Json>): Facts => ({
  workspace: { id: "w", settings: WorkspaceSettings.parse({ name: "Acme" }) },
  client: Client.parse({
    client_id: "app",
    client_name: "App",
    token_endpoint_auth_method: "none",
    redirect_uris: ["https://app.example.com/cb"],
  }),
  context: context(values),
  protocol: {},
});
const claims = (list: readonly Claim[], values: Record<string, Json>, room?: number) =>
  asClaims(released(list, { to: "id_token", scope: ["openid"] }, facts(values)), room).claims;

describe("a claim is released", () => {
  it("by its type and any one of its scopes; without scopes always", () => {
    const list = [
      claim("always", "v"),
      claim("by_openid", "v", { scopes: ["other", "openid"] }),
      claim("by_other", "v", { scopes: ["other"] }),
      claim("elsewhere", "v", { type: "access_token" }),
    ];
    expect(claims(list, { v: 1 })).toEqual({ always: 1, by_openid: 1 });
  });

  it("where there is a value, false, zero and empty among them", () => {
    const list = ["a", "b", "c", "d"].map((name) => claim(name));
    expect(claims(list, { a: false, b: 0, c: "" })).toEqual({ a: false, b: 0, c: "" });
  });

  it("from inside an object, by own members only", () => {
    const list = [
      claim("city", "address.city"),
      claim("made", "address.constructor"),
      claim("x", "toString"),
    ];
    expect(claims(list, { address: { city: "Paris" } })).toEqual({ city: "Paris" });
  });

  it("from a name with a dot before a path of the same spelling", () => {
    expect(claims([claim("x", "a.b")], { "a.b": 1, a: { b: 2 } })).toEqual({ x: 1 });
  });
});

describe("a claim's name", () => {
  it.each([...RESERVED_CLAIMS])("%s is the protocol's, wherever the record came from", (name) => {
    expect(claims([claim(name, "v"), claim(`${name}.x`, "v")], { v: "forged" })).toEqual({});
  });

  it("builds objects, and leaves the context's own as they are", () => {
    const address = { city: "Paris" };
    const list = [claim("address"), claim("address.country", "country")];
    expect(claims(list, { address, country: "FR" })).toEqual({ address: { city: "Paris", country: "FR" } });
    expect(address).toEqual({ city: "Paris" });
  });

  it("puts an object in the place of what is none", () => {
    const list = [claim("a", "text"), claim("a.b", "v"), claim("c", "list"), claim("c.d", "v")];
    expect(claims(list, { text: "xyz", list: [1, 2], v: 3 })).toEqual({ a: { b: 3 }, c: { d: 3 } });
  });

  it("__proto__ reaches no prototype (threat 22)", () => {
    const made = claims([claim("__proto__.polluted", "v"), claim("a.__proto__.polluted", "v")], { v: true });
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect((made["a"] as Record<string, unknown> | undefined)?.["polluted"]).toBeUndefined();
  });
});

describe("what does not fit is left out whole", () => {
  it("one by one, and a smaller one after it still fits", () => {
    const list = [claim("a"), claim("big"), claim("c")];
    expect(claims(list, { a: "x", big: "x".repeat(100), c: "y" }, 40)).toEqual({ a: "x", c: "y" });
  });

  it("counted in bytes, all together", () => {
    const list = [claim("a"), claim("b")];
    // 1 name + 4 around it + 12 bytes of value each.
    const values = { a: "äääää", b: "äääää" };
    expect(claims(list, values, 34)).toEqual(values);
    expect(claims(list, values, 33)).toEqual({ a: "äääää" });
    expect(claims(list, values, 16)).toEqual({});
  });
});
