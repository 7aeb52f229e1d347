/** A provider that is down, slow, or answers HTML: a clear error to the client, and nothing half written. */
import { beforeAll, describe, expect, it, vi } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { told } from "../raw.ts";
import type { Fault } from "../upstream/faults.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app", { via });
});

async function outcome(idp_hint: string) {
  calls.splice(0);
  const browser = new Browser("ada", via);
  const { url, state } = await app.begin({ idp_hint });
  const { state: returned, iss, ...answer } = told(await browser.open(url));
  expect([returned, iss]).toEqual([state, world.issuer]);
  expect(calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
  expect(browser.jar.names()).toEqual([]);
  return answer;
}

const UNREACHABLE = {
  error: "temporarily_unavailable",
  error_description: "the identity provider does not answer",
};
const UNREADABLE = {
  error: "server_error",
  error_description: "the identity provider's answer could not be read",
};
const REFUSED = { error: "server_error", error_description: "the identity provider refused the request" };

describe("the discovery document", () => {
  it.each([
    ["DiscoveryDown"],
    ["DiscoveryHtml"],
    ["DiscoveryOther"],
    ["DiscoveryRedirects"],
    ["DiscoveryScript"],
    ["DiscoveryHttp"],
  ])("%s: the person does not leave us", async (pool) => {
    await world.connection(pool, { pool, hidden: true });
    expect(await outcome(pool)).toEqual(UNREADABLE);
  });

  it("of a user pool without a domain has no sign-in page: the app is told, and nobody is sent to AWS's API", async () => {
    await world.connection("NoDomain", { pool: "NoDomain", hidden: true });
    expect(await outcome("NoDomain")).toEqual(REFUSED);
  });

  it("that never ends is cut off", async () => {
    await world.connection("DiscoveryHuge", { pool: "DiscoveryHuge", hidden: true });
    expect(await outcome("DiscoveryHuge")).toEqual(UNREACHABLE);
  });

  it("that failed is asked again: a provider heals without us", async () => {
    const pool = await world.connection("heals", { hidden: true });
    const down = vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("connection lost"));
    expect(await outcome("heals")).toEqual(UNREACHABLE);
    down.mockRestore();
    // Not at once: strangers must not make us wait for a provider that is down again and again.
    expect(await outcome("heals")).toEqual(UNREACHABLE);
    pass(6);
    expect(await healed("heals")).toHaveProperty("code");
    expect(pool).toBeDefined();
  });
});

async function healed(idp_hint: string) {
  const { url } = await app.begin({ idp_hint });
  return told(await new Browser("ada", via).open(url));
}

describe("the key set", () => {
  it.each(["KeysDown", "KeysHtml"])("%s", async (pool) => {
    await world.connection(pool, { pool, hidden: true });
    expect(await outcome(pool)).toEqual(UNREADABLE);
  });
});

describe("the token endpoint", () => {
  it.each<[Fault, object]>([
    ["token-500", UNREADABLE],
    ["token-html", UNREADABLE],
    ["token-redirects", UNREADABLE],
    ["token-refuses", REFUSED],
    ["no-id-token", UNREADABLE],
    ["no-access-token", UNREADABLE],
  ])("%s", async (fault, expected) => {
    await world.connection(fault, { faults: [fault], hidden: true });
    expect(await outcome(fault)).toEqual(expected);
  });
});

describe("userinfo", () => {
  it.each<Fault>(["userinfo-500", "userinfo-html"])("%s", async (fault) => {
    await world.connection(fault, { faults: [fault], hidden: true, settings: { get_user_info: true } });
    expect(await outcome(fault)).toEqual(UNREADABLE);
  });
});

describe("the provider's own errors", () => {
  it.each<[Fault, object]>([
    [
      "access-denied",
      { error: "access_denied", error_description: "the person did not sign in at the identity provider" },
    ],
    ["server-error", REFUSED],
    [
      "unavailable",
      {
        error: "temporarily_unavailable",
        error_description: "the identity provider cannot answer right now",
      },
    ],
    ["unknown-error", REFUSED],
  ])("%s reach the client as OAuth errors, without the provider's words", async (fault, expected) => {
    await world.connection(fault, { faults: [fault], hidden: true });
    expect(await outcome(fault)).toEqual(expected);
  });
});

describe("a provider that takes the connection and never answers", () => {
  it.each(["/openid-configuration", "/oauth2/token", "/jwks.json"])(
    "%s is waited for ten seconds and no longer",
    async (path) => {
      const id = path.replaceAll(/\W/g, "");
      await world.connection(id, { hidden: true });
      const limits: number[] = [];
      vi.spyOn(AbortSignal, "timeout").mockImplementation((limit) => {
        limits.push(limit);
        const controller = new AbortController();
        setTimeout(() => controller.abort(new DOMException("too slow", "TimeoutError")), 20);
        return controller.signal;
      });
      const real = globalThis.fetch;
      vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
        const request = new Request(input, init);
        return request.url.endsWith(path) ? hang(request.signal) : real(request);
      });
      expect(await outcome(id)).toEqual(UNREACHABLE);
      expect(Math.max(...limits)).toBe(10_000);
    },
  );
});

function hang(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
}
