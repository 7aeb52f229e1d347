/** Identity → context: what is read, converted, mapped and left out, and what scripts and apps may change. */
import { describe, expect, it } from "vitest";
import { ContextAttribute, STANDARD_SCHEMA } from "../../src/config/context-attribute.ts";
import { WorkspaceSettings } from "../../src/config/workspace.ts";
import { Mapping } from "../../src/config/attribute.ts";
import { Connection } from "../../src/connectors/index.ts";
import type { Authentication, Json, JsonObject } from "../../src/flow.ts";
import type { Origin } from "../../src/lineage.ts";
import { authenticationOf } from "../../src/steps/authentication.ts";
import { contextObject } from "../../src/steps/context-object.ts";
import { override } from "../../src/steps/override.ts";

const SCHEMA = [
  ...STANDARD_SCHEMA,
  ...Object.entries({
    department: "string",
    remote: "bool",
    tags: "string_array",
    work: "object",
    "work.floor": "number",
    whatever: "any",
  } as const).map(([name, type]) => ContextAttribute.parse({ name, type })),
];
const BY: Origin = { from: "script", name: "enrich" };

function arrive(given: {
  attributes?: object[];
  mappings?: object[];
  id_token?: JsonObject;
}): Authentication {
  const connection = Connection.parse({
    id: "pool",
    name: "Pool",
    method: "cognito",
    settings: { pool_id: "eu-central-1_A", region: "eu-central-1", client_id: "app" },
    ...(given.attributes && { attributes: given.attributes }),
    ...(given.mappings && { mappings: given.mappings }),
  });
  const identity = {
    issuer: "https://idp.example",
    subject: "s",
    sources: { id_token: given.id_token ?? {} },
  };
  return authenticationOf(
    connection,
    { schema: SCHEMA, settings: WorkspaceSettings.parse({ name: "W" }) },
    identity,
    { forced: false, left_at: 0 },
    0,
  );
}
const values = ({ context }: Authentication) => contextObject(context);
const one = (value: Json, type: string, mapping: object) =>
  arrive({
    attributes: [{ source: "id_token", name: "v", type }],
    mappings: [{ source: "id_token.v", ...mapping }],
    id_token: { v: value },
  });

describe("a mapping", () => {
  it("carries a value of its type, with where it came from", () => {
    const { context, ran } = one("Research", "string", { target: "department", type: "string" });
    const origin = { from: "provider", connection: "pool", source: "id_token.v" };
    expect(context).toEqual({ department: { value: "Research", lineage: [origin] } });
    expect(ran).toEqual({
      read: [{ name: "id_token.v", type: "string" }],
      mapped: [{ source: "id_token.v", target: "department" }],
      changed: [],
      yielded: { mappings: expect.stringMatching(/^[0-9a-f]{8}$/) as string, yielded: "1" },
    });
  });

  it("leaves out a value of another type, and converts it where it may", () => {
    const strict = one("true", "string", { target: "remote", type: "bool" });
    expect(values(strict)).toEqual({});
    expect(strict.ran?.mapped).toEqual([{ source: "id_token.v", target: "remote", left_out: "wrong_type" }]);
    const weak = one("true", "string", { target: "remote", type: "bool", allow_weak_decoding: true });
    expect(values(weak)).toEqual({ remote: true });
    expect(weak.context["remote"]?.lineage.at(-1)).toEqual({ from: "conversion", as: "string → bool" });
    expect(weak.ran?.mapped).toEqual([
      { source: "id_token.v", target: "remote", conversion: "string → bool" },
    ]);
  });

  it("never puts a value where the schema has another type", () => {
    const odd = one(["a"], "any", { target: "department", type: "any" });
    expect(values(odd)).toEqual({});
    expect(odd.ran?.mapped).toEqual([{ source: "id_token.v", target: "department", left_out: "wrong_type" }]);
  });

  it("to a target that another one filled wins; one that yields nothing does not", () => {
    const attributes = ["a", "b", "c"].map((name) => ({ source: "id_token", name }));
    const mappings = ["a", "b", "c"].map((name) => ({ source: `id_token.${name}`, target: "department" }));
    const both = arrive({ attributes, mappings, id_token: { a: "first", b: "second" } });
    expect(values(both)).toEqual({ department: "second" });
    expect(both.ran?.mapped.map(({ left_out }) => left_out)).toEqual(["replaced", undefined, "missing"]);
    // The one that was replaced gave a value, too.
    expect(both.ran?.yielded?.yielded).toBe("1-2");
  });

  it("may write a constant", () => {
    const fixed = arrive({ mappings: [{ mode: "static", static: ["gold"], target: "tags" }] });
    expect(fixed.context).toEqual({
      tags: { value: ["gold"], lineage: [{ from: "constant", connection: "pool" }] },
    });
  });

  it("of . carries every attribute to its own name, as far as the schema has it", () => {
    const attributes = ["email", "department", "stranger", "sub"].map((name) => ({
      source: "id_token",
      name,
    }));
    const id_token = { email: "a@b.c", department: "D", stranger: "x", sub: "forged" };
    const all = arrive({ attributes, mappings: [{ source: ".", target: "." }], id_token });
    expect(values(all)).toEqual({ email: "a@b.c", department: "D" });
    expect(all.ran?.mapped.map(({ target, left_out }) => [target, left_out])).toEqual([
      ["email", undefined],
      ["department", undefined],
      ["stranger", "not_in_schema"],
      ["sub", "not_in_schema"],
    ]);
  });

  it("of an object to . spreads its members", () => {
    const spread = one({ department: "D", remote: true, odd: 1 }, "object", { target: "." });
    expect(values(spread)).toEqual({ department: "D", remote: true });
  });

  it.each<[string, Json | undefined, string]>([
    ["is missing", undefined, "missing"],
    ["has no members", {}, "wrong_type"],
    ["is a text", "x", "wrong_type"],
    ["is a list", [1], "wrong_type"],
  ])("of an object to . that %s says so, and puts nothing there", (_, value, left_out) => {
    const spread = arrive({
      attributes: [{ source: "id_token", name: "v", type: "any" }],
      mappings: [{ source: "id_token.v", target: "." }],
      id_token: value === undefined ? {} : { v: value },
    });
    expect(values(spread)).toEqual({});
    expect(spread.ran?.mapped).toEqual([{ source: "id_token.v", target: ".", left_out }]);
  });

  it("of an object to . judges each member alone", () => {
    const flat = one({ department: null, remote: "no", nickname: "n" }, "object", { target: "." });
    expect(values(flat)).toEqual({ nickname: "n" });
    expect(flat.ran?.mapped).toEqual([
      { source: "id_token.v", target: "department", left_out: "null" },
      { source: "id_token.v", target: "remote", left_out: "wrong_type" },
      { source: "id_token.v", target: "nickname" },
    ]);
  });

  it("that may convert leaves out what cannot be converted, and what is too large afterwards", () => {
    const weak = { allow_weak_decoding: true };
    const no = one("perhaps", "string", { target: "remote", type: "bool", ...weak });
    expect(no.ran?.mapped[0]).toMatchObject({ left_out: "wrong_type" });
    // Fits to the byte, and the brackets of a list do not.
    const text = one("x".repeat(16_382), "string", { target: "tags", type: "string_array", ...weak });
    expect([values(text), text.ran?.mapped[0]?.left_out]).toEqual([{}, "too_large"]);
  });

  it("to a constant is measured like any other", () => {
    const fixed = arrive({
      mappings: [{ mode: "static", static: "x".repeat(16_383), target: "department" }],
    });
    expect([values(fixed), fixed.ran?.mapped]).toEqual([
      {},
      [{ target: "department", left_out: "too_large" }],
    ]);
  });
});

describe("a value is left out whole", () => {
  const deep = (levels: number): Json => (levels === 0 ? 1 : [deep(levels - 1)]);
  it.each<[string, Json, string]>([
    ["null", null, "null"],
    ["over 16 KB", "x".repeat(16_400), "too_large"],
    ["over 16 KB in bytes", "ä".repeat(8_200), "too_large"],
    ["a megabyte", "x".repeat(1_000_000), "too_large"],
    ["of more than 500 elements", Array.from({ length: 10_000 }, () => "g"), "too_many_elements"],
    ["nested too deep", deep(21), "too_deep"],
    ["an integer beyond 2^53", 2 ** 53 + 2, "inexact_number"],
    ["an integer beyond 2^53 inside", { id: [2 ** 60] }, "inexact_number"],
  ])("%s", (_, value, reason) => {
    const { context, ran } = one(value, "any", { target: "whatever" });
    expect(context).toEqual({});
    expect(ran?.read[0]?.left_out).toBe(reason);
  });

  it.each<[string, Json]>([
    ["false", false],
    ["zero", 0],
    ["an empty text", ""],
    ["an empty list", []],
    ["emoji and names from the right", "👩‍🚀 \u202eداوود"],
    ["20 levels", deep(20)],
    ["the largest exact integer", Number.MAX_SAFE_INTEGER],
  ])("but not %s", (_, value) => {
    expect(values(one(value, "any", { target: "whatever" }))).toEqual({ whatever: value });
  });

  it("what a context has no room for, a smaller one after it still fits", () => {
    const names = Array.from({ length: 6 }, (_, index) => `v${index}`);
    const attributes = names.map((name) => ({ source: "id_token", name }));
    const targets = ["name", "nickname", "profile", "picture", "website", "gender"];
    const mappings = names.map((name, index) => ({ source: `id_token.${name}`, target: targets[index] }));
    const big = "x".repeat(16_000);
    const id_token = Object.fromEntries(names.map((name, index) => [name, index < 5 ? big : "small"]));
    const full = arrive({ attributes, mappings, id_token });
    expect(full.ran?.mapped.map(({ left_out }) => left_out)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      "context_full",
      undefined,
    ]);
  });
});

describe("override", () => {
  const before = one("Research", "string", { target: "department" });

  it("takes what the schema has, with its origin, and leaves what is not named", () => {
    const after = override(before, { remote: true, work: { floor: 3 } }, BY, SCHEMA);
    expect(values(after)).toEqual({ department: "Research", remote: true, work: { floor: 3 } });
    expect(after.context["remote"]?.lineage).toEqual([BY]);
    expect(values(before)).toEqual({ department: "Research" });
  });

  it("adds itself to what was there, and not to what it did not change", () => {
    const changed = override(before, { department: "Sales" }, BY, SCHEMA).context["department"];
    expect(changed?.lineage.map(({ from }) => from)).toEqual(["provider", "script"]);
    const same = override(before, { department: "Research" }, BY, SCHEMA).context["department"];
    expect(same?.lineage.map(({ from }) => from)).toEqual(["provider"]);
  });

  it("removes what it says is null", () => {
    const after = override(before, { department: null, remote: null }, BY, SCHEMA);
    expect(values(after)).toEqual({});
    expect(after.ran?.changed).toEqual([{ by: BY, name: "department", change: "removed" }]);
  });

  it.each<[string, JsonObject, string]>([
    ["department", { department: 7 }, "wrong_type"],
    ["tags", { tags: Array.from({ length: 501 }, () => "t") }, "too_many_elements"],
    ["stranger", { stranger: 1 }, "not_in_schema"],
    ["sub", { sub: "forged" }, "set_by_protocol"],
    ["idp_sub", { idp_sub: "forged" }, "set_by_protocol"],
    ["amr", { amr: ["mfa"] }, "set_by_protocol"],
    ["constructor", { constructor: { prototype: 1 } }, "not_in_schema"],
    ["__proto__", JSON.parse('{"__proto__":{"polluted":1}}') as JsonObject, "not_in_schema"],
  ])("leaves out %s of %j: %s", (name, given, reason) => {
    const after = override(before, given, BY, SCHEMA);
    expect(after.context).toEqual(before.context);
    expect(after.ran?.changed).toEqual([{ by: BY, name, change: "left_out", left_out: reason }]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("never fills the context over its limit", () => {
    const big = "x".repeat(16_000);
    const given = { name: big, nickname: big, profile: big, picture: big, website: big };
    const after = override(before, given, BY, SCHEMA);
    const kept = Object.keys(after.context).length - 1;
    expect([kept, after.ran?.changed.filter(({ left_out }) => left_out === "context_full").length]).toEqual([
      4, 1,
    ]);
  });
});

describe("the room of a context that is nearly full", () => {
  const big = "x".repeat(16_000);
  const full = override(before(), { name: big, nickname: big, profile: big, picture: big }, BY, SCHEMA);
  const left = (given: JsonObject) =>
    override(full, given, BY, SCHEMA).ran?.changed.flatMap(({ name, left_out }) => (left_out ? [name] : []));

  function before() {
    return one("Research", "string", { target: "department" });
  }

  it("is what a value leaves that is replaced or removed", () => {
    expect(left({ website: big })).toEqual(["website"]);
    // In the order of the schema: `name` is before `website`.
    expect(left({ name: null, website: big })).toEqual([]);
    expect(left({ name: "y", website: big })).toEqual([]);
    expect(left({ name: "y".repeat(16_001) })).toEqual([]);
  });

  it("is not taken twice by a value that is put in the place of another", () => {
    const again = override(full, { name: "y".repeat(16_000) }, BY, SCHEMA);
    expect(again.ran?.changed.filter(({ left_out }) => left_out)).toEqual([]);
    const twice = override(again, { nickname: "y".repeat(16_000), profile: "short" }, BY, SCHEMA);
    expect(twice.ran?.changed.filter(({ left_out }) => left_out)).toEqual([]);
  });
});

it("an attribute that every object inherits is neither there nor removed, until somebody sets it", () => {
  const schema = [...SCHEMA, ContextAttribute.parse({ name: "constructor", type: "any" })];
  const none = one("Research", "string", { target: "department" });
  expect(override(none, { constructor: null } as unknown as JsonObject, BY, schema).ran?.changed).toEqual([]);
  const set = override(none, { constructor: "x" } as unknown as JsonObject, BY, schema);
  expect(set.context["constructor"]).toEqual({ value: "x", lineage: [BY] });
});

it("names of strangers are told of, a hundred of them and no longer than they need be", () => {
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`${n}${"x".repeat(200)}`, 1]));
  const { changed } = override(one("R", "string", { target: "department" }), many, BY, SCHEMA).ran!;
  expect([changed.length, Math.max(...changed.map(({ name }) => name.length))]).toEqual([100, 128]);
});

describe("contextObject", () => {
  it("nests, and leaves the context's own objects as they are", () => {
    const work = { desk: "B" };
    const context = {
      "work.floor": { value: 3, lineage: [] },
      work: { value: work, lineage: [] },
      "address.country": { value: "FR", lineage: [] },
    };
    expect(contextObject(context)).toEqual({ work: { desk: "B", floor: 3 }, address: { country: "FR" } });
    expect(work).toEqual({ desk: "B" });
  });

  it("puts what is held in the place of a list or a text that cannot hold it", () => {
    for (const value of [[1], "Berlin"])
      expect(contextObject({ a: { value, lineage: [] }, "a.b": { value: 2, lineage: [] } })).toEqual({
        a: { b: 2 },
      });
  });
});

it.each<[string, object, string]>([
  ["a dynamic mapping without a source", { target: "x" }, "a dynamic mapping needs a source"],
  [
    "a dynamic mapping with a constant",
    { source: "id_token.x", target: "x", static: 1 },
    "only a static mapping has a constant",
  ],
  [
    "a static mapping with a source",
    { mode: "static", source: "id_token.x", target: "x", static: 1 },
    "a static mapping has no source",
  ],
  [
    "a static mapping without a constant",
    { mode: "static", target: "x" },
    "a static mapping needs a constant",
  ],
  [
    "a static mapping to null",
    { mode: "static", target: "x", static: null },
    "a static mapping needs a constant",
  ],
])("%s is refused", (_, given, message) => {
  expect(Mapping.safeParse(given).error?.issues.map((issue) => issue.message)).toEqual([message]);
});
