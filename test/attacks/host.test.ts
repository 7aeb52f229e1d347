/** Host and forwarded headers (threat 19; ZITADEL GHSA-pfrf-9r5f-73f5, oauth2-proxy CVE-2026-40575). */
import { beforeAll, expect, it } from "vitest";
import type { RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { get } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app");
});

it.each([
  "http://evil.example",
  "http://localhost",
  "http://localhost:8788",
  "http://127.0.0.1:8787",
  "http://localhost.evil.example:8787",
])("%s is not served: 421, no cookie, no page (RFC 9110 §15.5.20)", async (origin) => {
  const { url } = await app.begin();
  const answer = await get(`${origin}${url.pathname}${url.search}`);
  expect(answer.status).toBe(421);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(answer.text).not.toContain("evil");
});

const FORWARDED = {
  "x-forwarded-host": "evil.example",
  "x-forwarded-proto": "http",
  "x-forwarded-port": "1",
  "x-original-url": "/evil",
  "x-rewrite-url": "/evil",
  forwarded: "host=evil.example;proto=http",
  "x-host": "evil.example",
};

it("no header changes an issuer, a redirect URL or a link", async () => {
  for (const path of ["/.well-known/openid-configuration", "/demo", "/me", "/oidc/logout"]) {
    const answer = await get(`${world.issuer}${path}`, FORWARDED);
    expect(answer.text).not.toContain("evil");
  }
  const { url } = await app.begin();
  const { headers } = await get(url, FORWARDED);
  const redirect = new URL(headers.get("location")!).searchParams.get("redirect_uri");
  expect(redirect).toBe(`${world.issuer}/callback/pool`);
});

it("a host that a proxy uses is served when it is configured, and everything says the public origin", async () => {
  const { via } = counting({ ORIGIN: "https://login.example.com", HOSTS: "worker.internal.example" });
  const { url } = await app.begin();
  const answer = await get(`https://worker.internal.example${url.pathname}${url.search}`, {}, via);
  const redirect = new URL(answer.headers.get("location")!).searchParams.get("redirect_uri");
  expect(redirect).toBe(`https://login.example.com/${world.id}/callback/pool`);
  expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
});

it.each([
  ["http://login.example.com", "the variable ORIGIN must be https"],
  [
    "https://login.example.com/path",
    "the variable ORIGIN must be the public origin, like https://login.example.com",
  ],
  ["", "the variable ORIGIN must be the public origin, like https://login.example.com"],
])("ORIGIN %j is refused with a sentence for the operator", async (ORIGIN, words) => {
  const { via } = counting({ ORIGIN });
  const answer = await get(ORIGIN || "http://localhost:8787/", {}, via);
  expect([answer.status, answer.text]).toEqual([500, `Vestibule is not set up yet: ${words}.\n`]);
});

it.each(["", "k1:short", "AAAA", `k1:${"A".repeat(42)}!`])(
  "DEPLOYMENT_KEY %j is refused and not shown",
  async (DEPLOYMENT_KEY) => {
    const { via } = counting({ DEPLOYMENT_KEY });
    const answer = await get("http://localhost:8787/", {}, via);
    expect(answer.status).toBe(500);
    expect(answer.text).toMatch(/^Vestibule is not set up yet: .*DEPLOYMENT_KEY/);
    if (DEPLOYMENT_KEY) expect(answer.text).not.toContain(DEPLOYMENT_KEY);
  },
);
