/** A provider's documents in the isolate's memory: how long they serve, and how often strangers can make us ask (threat 25). */
import { describe, expect, it } from "vitest";
import { discover, keysOf, remembered } from "../../src/connectors/metadata.ts";
import { random } from "../world.ts";

/** A provider whose answers a test decides, and a clock of its own. */
function provider() {
  const issuer = `https://${random()}.example.com`;
  const state = {
    now: 1_800_000_000,
    asked: 0,
    keys: [] as object[],
    answer: undefined as Response | Error | undefined,
  };
  const tools = {
    now: () => state.now,
    fetch: async (input: RequestInfo | URL) => {
      state.asked++;
      if (state.answer instanceof Error) throw state.answer;
      if (state.answer) return state.answer.clone();
      const jwks_uri = `${issuer}/keys`;
      return Response.json(new Request(input).url === jwks_uri ? { keys: state.keys } : { issuer, jwks_uri });
    },
  };
  const find = (kid: string) =>
    keysOf({ issuer, jwks_uri: `${issuer}/keys` }, tools)({ alg: "RS256", kid }, {} as never);
  return { state, find, discover: async () => (await discover(new URL(issuer), tools)).issuer, issuer };
}
const DOWN = new TypeError("connection lost");
const jwk = (kid: string) => ({ kty: "RSA", kid, alg: "RS256", e: "AQAB", n: "u".repeat(342) });

it("of a thousand providers is remembered, so that a flood of connections does not fill the isolate", async () => {
  const load = async () => "read";
  const remember = remembered<string>();
  const tools = { now: () => 1_800_000_000 };
  const reads: string[] = [];
  const read = (name: string) => remember(name, tools, async () => (reads.push(name), load()));
  for (let n = 0; n < 1_000; n++) await read(`p${n}`);
  await read("p0");
  expect(reads).toHaveLength(1_000);
  await read("one-more");
  await read("p0");
  expect(reads.slice(1_000)).toEqual(["one-more", "p0"]);
});

it("what cannot be read as one thing is read as another: whoever names somebody's key set as metadata keeps nobody out", async () => {
  const [metadata, keys] = [remembered<string>(), remembered<string>()];
  const tools = { now: () => 1_800_000_000 };
  const address = `https://${random()}.example.com/keys`;
  await expect(metadata(address, tools, () => Promise.reject(new TypeError("no XML")))).rejects.toThrow(
    "no XML",
  );
  expect(await keys(address, tools, async () => "keys")).toBe("keys");
});

describe("a discovery document", () => {
  it("is read once an hour", async () => {
    const { state, discover: read, issuer } = provider();
    expect([await read(), await read(), state.asked]).toEqual([issuer, issuer, 1]);
    state.now += 3_599;
    expect([await read(), state.asked]).toEqual([issuer, 1]);
    state.now += 1;
    expect([await read(), state.asked]).toEqual([issuer, 2]);
  });

  it("serves for a day while the provider is down, and no longer", async () => {
    const { state, discover: read, issuer } = provider();
    await read();
    state.answer = DOWN;
    state.now += 86_399;
    expect([await read(), state.asked]).toEqual([issuer, 2]);
    state.now += 86_400;
    await expect(read()).rejects.toMatchObject({ reason: "unreachable" });
  });

  it("serves no longer for being asked for again and again: who keeps us from the provider keeps no withdrawn key in use", async () => {
    const { state, discover: read, issuer } = provider();
    await read();
    state.answer = DOWN;
    for (let hour = 1; hour < 24; hour++) {
      state.now += 3_600;
      expect(await read()).toBe(issuer);
    }
    state.now += 3_600;
    await expect(read()).rejects.toMatchObject({ reason: "unreachable" });
  });

  it("that failed is not asked for again for five seconds", async () => {
    const { state, discover: read, issuer } = provider();
    state.answer = DOWN;
    for (let n = 0; n < 3; n++) await expect(read()).rejects.toMatchObject({ reason: "unreachable" });
    expect(state.asked).toBe(1);
    state.now += 4;
    await expect(read()).rejects.toThrow();
    expect(state.asked).toBe(1);
    state.now += 1;
    state.answer = undefined;
    expect([await read(), state.asked]).toEqual([issuer, 2]);
  });

  it("of another issuer is not used (RFC 8414 §3.3, mix-up)", async () => {
    const { state, discover: read } = provider();
    state.answer = Response.json({ issuer: "https://evil.example" });
    await expect(read()).rejects.toMatchObject({ reason: "malformed" });
  });
});

describe("a key set", () => {
  it("is read again for an unknown kid, at most once a minute", async () => {
    const { state, find } = provider();
    state.keys = [jwk("old")];
    await find("old");
    state.keys = [jwk("old"), jwk("new")];
    for (let n = 0; n < 3; n++) await expect(find("new")).rejects.toThrow();
    expect(state.asked).toBe(1);
    state.now += 60;
    await find("new");
    expect(state.asked).toBe(2);
    await find("old");
    expect(state.asked).toBe(2);
  });

  it("is read once an hour for a known kid, so that a revoked key leaves", async () => {
    const { state, find } = provider();
    state.keys = [jwk("old")];
    await find("old");
    state.keys = [jwk("new")];
    state.now += 3_599;
    await find("old");
    state.now += 1;
    await expect(find("old")).rejects.toThrow();
  });

  it.each<[string, () => Response]>([
    ["HTML", () => new Response("<h1>Keys</h1>")],
    ["an error that looks like one", () => Response.json({ keys: [jwk("x")] }, { status: 500 })],
    ["a redirect", () => Response.redirect("https://internal.example.com/", 302)],
    ["no list", () => Response.json({ keys: "x" })],
    ["no object", () => Response.json(null)],
  ])("that is %s is malformed", async (_, answer) => {
    const { state, find } = provider();
    state.answer = answer();
    await expect(find("x")).rejects.toMatchObject({ reason: "malformed" });
  });

  it("that nobody names is malformed", () => {
    expect(() => keysOf({ issuer: "https://x.example" }, { now: () => 0, fetch })).toThrow(
      "the provider names no jwks_uri",
    );
  });
});

it("no other fault than an unknown kid reads the keys again: two that fit do not", async () => {
  const { state, issuer } = provider();
  const bare = ({ kid: _, ...key }: ReturnType<typeof jwk>) => key;
  state.keys = [bare(jwk("a")), bare(jwk("b"))];
  const tools = {
    now: () => state.now,
    fetch: async () => (state.asked++, Response.json({ keys: state.keys })),
  };
  const find = () =>
    keysOf({ issuer, jwks_uri: `${issuer}/bare` }, tools)({ alg: "RS256" }, {} as never) as Promise<unknown>;
  for (let n = 0; n < 3; n++) {
    await expect(find()).rejects.toMatchObject({ code: "ERR_JWKS_MULTIPLE_MATCHING_KEYS" });
    state.now += 61;
  }
  expect(state.asked).toBe(1);
});
