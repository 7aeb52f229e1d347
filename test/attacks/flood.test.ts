/** Floods (threat 25): each limit set to three, counted by what it should be counted by, answered in the right form. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { networkOf } from "../../src/http/address.ts";
import { bindings, ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import { counting } from "../counting.ts";
import { facts, text } from "../html.ts";
import { basic, get, post, type Reply } from "../raw.ts";
import { makeWorld, random, SECRET, type World } from "../world.ts";

const NAMES = ["LIMIT_PEOPLE", "LIMIT_OPERATORS", "LIMIT_CLIENTS", "LIMIT_STRANGERS"] as const;

/** The local binding itself, with another number. */
const three = Object.fromEntries(
  NAMES.map((name) => [
    name,
    { limit: (options: RateLimitOptions) => env[name]!.limit({ ...options, limit: 3 } as RateLimitOptions) },
  ]),
);
const { via, calls } = counting(three);
let world: World;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  await world.client("app", { via });
});

let last = 0;
/** An address that nobody used yet. */
const address = () => `198.51.${100 + Math.floor(++last / 250)}.${last % 250}`;
const from = (ip: string) => ({ "cf-connecting-ip": ip });

/** Windows are the clock's: when one ends in between, three more get through. */
async function flood(request: () => Promise<Reply>): Promise<{ passed: Reply[]; refused: Reply }> {
  const passed: Reply[] = [];
  for (let n = 0; n < 7; n++) {
    const reply = await request();
    if (reply.status === 429) return { passed, refused: reply };
    passed.push(reply);
  }
  throw new Error("nothing was refused");
}

describe("pages of a sign-in, by address", () => {
  it.each([
    ["authorize", () => `${world.issuer}/oauth2/authorize?client_id=nobody`],
    ["callback", () => `${world.issuer}/callback/pool?state=none&code=secret-code`],
    ["consent", () => `${world.issuer}/consent/none`],
  ])("%s: the fourth is a page in plain words that says when to come back", async (_, url) => {
    const headers = from(address());
    const { passed, refused } = await flood(() => get(url(), headers, via));
    expect(passed.length).toBeGreaterThanOrEqual(3);
    expect(passed.map(({ status }) => status)).toEqual(passed.map(() => 400));
    expect(refused.headers.get("retry-after")).toBe("60");
    expect(refused.headers.get("content-type")).toMatch(/^text\/html/);
    expect(text(refused.text, "h1")).toBe("That was a lot at once");
    expect(facts(refused.text)).toMatchObject({
      Code: "too_many",
      Request: refused.headers.get("x-request-id"),
    });
    expect((await get(url(), from(address()), via)).status).toBe(400);
  });

  it("all of them share one number, and what is refused reads nothing", async () => {
    const headers = from(address());
    const urls = ["oauth2/authorize?client_id=nobody", "callback/pool", "consent/none"];
    let n = 0;
    await flood(() => get(`${world.issuer}/${urls[n++ % 3]!}`, headers, via));
    calls.splice(0);
    expect((await get(`${world.issuer}/consent/none`, headers, via)).status).toBe(429);
    expect(calls).toEqual([]);
  });

  it("an IPv6 network is one address, its neighbour another", async () => {
    const network = `2001:db8:${random().slice(0, 2).replaceAll(/[g-z]/g, "a")}:${(++last).toString(16)}`;
    const url = `${world.issuer}/consent/none`;
    let n = 0;
    await flood(() => get(url, from(`${network}::${(++n).toString(16)}`), via));
    expect((await get(url, from(`2001:db8:ffff:${(++last).toString(16)}::1`), via)).status).toBe(400);
  });

  it("a person who is let through signs in as ever", async () => {
    const headers = from(address());
    const app = await world.client("calm", {
      via: (request) =>
        via(new Request(request, { headers: { ...Object.fromEntries(request.headers), ...headers } })),
    });
    const browser = new Browser("ada", app.via);
    expect((await app.signIn(browser)).id_token).toBeDefined();
  });
});

describe.each([
  ["token", { grant_type: "client_credentials" }],
  ["introspect", { token: "none" }],
  ["revoke", { token: "none" }],
])("the %s endpoint", (path, fields: Record<string, string>) => {
  const url = () => `${world.issuer}/oauth2/${path}`;
  const TOO_MANY = {
    error: "temporarily_unavailable",
    error_description: "too many requests, try again later",
  };

  it("counts a client that proved itself, wherever it calls from", async () => {
    const id = `busy-${path}`;
    await world.client(id, { grant_types: ["client_credentials"], redirect_uris: [] });
    const { passed, refused } = await flood(() =>
      post(url(), fields, { ...basic(id, SECRET), ...from(address()) }, via),
    );
    expect(passed.map(({ status }) => status)).toEqual(passed.map(() => 200));
    expect([refused.json, refused.headers.get("retry-after")]).toEqual([TOO_MANY, "10"]);
    expect(refused.headers.get("cache-control")).toBe("no-store");
  });

  it("counts failures by address, and locks out nobody who proves who they are there", async () => {
    const id = `proven-${path}`;
    await world.client(id, { grant_types: ["client_credentials"], redirect_uris: [] });
    const headers = from(address());
    const guess = () => post(url(), fields, { ...basic(id, `${SECRET}-wrong`), ...headers }, via);
    const { passed, refused } = await flood(guess);
    expect(passed.map(({ status }) => status)).toEqual(passed.map(() => 401));
    expect([refused.json, refused.headers.get("retry-after")]).toEqual([TOO_MANY, "60"]);
    expect((await post(url(), fields, { ...basic(id, SECRET), ...headers }, via)).status).toBe(200);
  });

  it("a stranger's guesses use up nothing of the client's", async () => {
    const id = `victim-${path}`;
    await world.client(id, { grant_types: ["client_credentials"], redirect_uris: [] });
    for (let n = 0; n < 7; n++)
      await post(url(), fields, { ...basic(id, `${SECRET}-wrong`), ...from(address()) }, via);
    expect((await post(url(), fields, { ...basic(id, SECRET), ...from(address()) }, via)).status).toBe(200);
  });
});

it("a public client has a share for each address: strangers cannot lock its people out", async () => {
  await world.client("spa", { token_endpoint_auth_method: "none" });
  const ask = (ip: string) =>
    post(`${world.issuer}/oauth2/token`, { grant_type: "none", client_id: "spa" }, from(ip), via);
  const stranger = address();
  await flood(() => ask(stranger));
  expect((await ask(address())).json).toMatchObject({ error: "unsupported_grant_type" });
});

it("the admin API answers with problem details, with or without a key", async () => {
  for (const authorization of [undefined, `Bearer ${bindings.BOOTSTRAP_KEY}`]) {
    const headers = { ...from(address()), ...(authorization && { authorization }) };
    const { refused } = await flood(() => get(`${ORIGIN}/api/workspaces`, headers, via));
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(refused.headers.get("retry-after")).toBe("60");
    expect(refused.json).toEqual({
      title: "too many requests, try again later",
      status: 429,
      request_id: refused.headers.get("x-request-id"),
    });
  }
});

it("without bindings, and with ones that fail, nothing is limited: nothing rests on them", async () => {
  const none = Object.fromEntries(NAMES.map((name) => [name, undefined]));
  const broken = Object.fromEntries(
    NAMES.map((name) => [name, { limit: () => Promise.reject(new Error("out of order")) }]),
  );
  for (const changed of [none, broken]) {
    const open = counting(changed as never).via;
    for (let n = 0; n < 8; n++)
      expect((await get(`${world.issuer}/consent/none`, from("198.51.100.1"), open)).status).toBe(400);
  }
});

it.each([
  [undefined, "unknown"],
  ["", "unknown"],
  ["not:an:address", "unknown"],
  ["203.0.113.9", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["2001:db8:1:2::", "2001:db8:1:2::/64"],
])("%s is counted as %s", (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
