/** What providers answer, judged at its edges: each judge alone, where a whole sign-in would hide which one it was. */
import * as oauth from "oauth4webapi";
import { describe, expect, it } from "vitest";
import { checkHash } from "../../src/connectors/access-token-hash.ts";
import { departure } from "../../src/connectors/code-flow.ts";
import { Connection, openConnector } from "../../src/connectors/index.ts";
import { judged } from "../../src/connectors/judged.ts";
import { primaryEmail } from "../../src/connectors/primary-email.ts";
import { requireClaims } from "../../src/connectors/required-claims.ts";
import { isKeyOf } from "../../src/connectors/tenants.ts";
import type { UpstreamError } from "../../src/connectors/upstream-error.ts";
import { now } from "../clock.ts";
import { keyOf } from "../saml/keys.ts";
import { random } from "../world.ts";

describe("at_hash (OpenID Connect Core §3.1.3.6)", () => {
  // The left halves of SHA-256, SHA-384 and SHA-512 of "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y".
  const token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
  const half = async (bits: number) => {
    const digest = new Uint8Array(await crypto.subtle.digest(`SHA-${bits}`, new TextEncoder().encode(token)));
    const text = String.fromCharCode(...digest.slice(0, bits / 16));
    return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };

  it("is of the hash that the algorithm uses; Ed25519 has SHA-512 inside", async () => {
    // The one that OpenID Connect Core §A.3 shows.
    expect(await half(256)).toBe("77QmUPtjPfzWtF2AnpK9RQ");
    for (const [alg, bits] of [
      ["RS256", 256],
      ["ES384", 384],
      ["PS512", 512],
      ["EdDSA", 512],
      ["Ed25519", 512],
    ] as const) {
      await checkHash(await half(bits), token, alg);
      const wrong = await half(bits === 256 ? 512 : 256);
      await expect(checkHash(wrong, token, alg)).rejects.toMatchObject({ reason: "token" });
    }
  });

  it("may be absent, and is never anything but a text", async () => {
    await checkHash(undefined, token, "RS256");
    for (const odd of [null, 1, "", [await half(256)]])
      await expect(checkHash(odd, token, "RS256")).rejects.toMatchObject({ reason: "token" });
  });
});

describe("a browser is sent", () => {
  it.each(["https://idp.example/a?b=c", "http://127.0.0.1:9400/a", "http://localhost/a", "http://[::1]/"])(
    "to %s",
    (endpoint) => expect(departure(endpoint).href).toBe(endpoint),
  );

  it.each([
    undefined,
    "",
    "/authorize",
    "http://idp.example/",
    "https://us@idp.example/",
    "javascript:alert(1)",
    "data:text/html,x",
  ])("never to %s", (endpoint) => {
    expect(() => departure(endpoint)).toThrow("the provider's authorization endpoint is not an https URL");
  });
});

const tools = {
  connection: "c",
  callback: new URL("https://login.example.com/acme/callback/c"),
  fetch: (...asked: Parameters<typeof fetch>) => fetch(...asked),
  now,
  readBefore: async () => undefined,
};

describe("an answer to a sign-in that another kind of connection began", () => {
  const connector = openConnector(
    Connection.parse({
      id: "c",
      name: "C",
      method: "oidc",
      settings: { issuer_url: `https://0${random()}.op.example.com`, client_id: "app" },
      credentials: { client_secret: "x" },
    }),
    tools,
  );
  const whole = { verifier: "v".repeat(43), nonce: "n", issuer: "https://elsewhere.example" };

  it.each(["verifier", "nonce", "issuer"])("is none without the %s that it began with", async (name) => {
    const memory: Record<string, string> = { ...whole };
    delete memory[name];
    const params = new URLSearchParams({ code: "x", state: "s" });
    await expect(connector.finish({ params, handle: "s", memory })).rejects.toMatchObject({
      reason: "state",
    });
  });
});

it("an answer to a sign-out that another kind of connection began is none: without a request it would answer any", async () => {
  const { certificate } = await keyOf("provider");
  const connector = openConnector(
    Connection.parse({
      id: "c",
      name: "C",
      method: "saml",
      settings: {
        idp_entity_id: "https://idp",
        sso_url: "https://idp.example.org/sso",
        idp_certificates: [certificate],
      },
    }),
    tools,
  );
  const params = new URLSearchParams({ SAMLResponse: "x" });
  await expect(connector.loggedOut?.({ params, query: undefined, memory: {} })).rejects.toMatchObject({
    reason: "state",
  });
});

describe("GitHub's addresses", () => {
  const one = { email: "ada@example.com", primary: true, verified: true };

  it("are the primary one, verified only where it says true", () => {
    expect(primaryEmail([{ ...one, primary: false, email: "old@example.com" }, one])).toEqual({
      email: "ada@example.com",
      email_verified: true,
    });
    for (const verified of [false, "true", 1, undefined])
      expect(primaryEmail([{ ...one, verified }])).toEqual({
        email: "ada@example.com",
        email_verified: false,
      });
  });

  it.each<[string, unknown]>([
    ["nothing primary", [{ ...one, primary: false }]],
    ["primary in another type", [{ ...one, primary: "true" }]],
    ["an address that is no text", [{ ...one, email: 7 }]],
    ["no addresses", [null, "ada@example.com", { primary: true }]],
    ["an empty list", []],
  ])("of %s are none", (_, emails) => expect(primaryEmail(emails)).toBeUndefined());

  it.each([{ message: "Not Found" }, null, "x"])("that are no list are refused: %j", (emails) => {
    expect(() => primaryEmail(emails)).toThrow("the e-mail API did not answer with a list");
  });
});

describe("a required claim", () => {
  const judge = (claims: object) => () => requireClaims({ hd: ["a.example"], "org.id": ["1", "2"] }, claims);

  it("is met by one of the values, alone or in a list", () => {
    expect(judge({ hd: "a.example", org: { id: "2" } })).not.toThrow();
    expect(judge({ hd: ["b.example", "a.example"], org: { id: ["1"] } })).not.toThrow();
  });

  it.each<object>([
    {},
    { hd: "a.example" },
    { hd: "b.example", org: { id: "1" } },
    { hd: ["b.example"], org: { id: "1" } },
    { hd: [], org: { id: "1" } },
    { hd: "a.example", org: { id: 1 } },
    { hd: [["a.example"]], org: { id: "1" } },
  ])("is not met by %j", (claims) => {
    expect(judge(claims)).toThrow("a required claim is missing or has another value");
  });
});

describe("a key of a shared set (Microsoft Entra ID)", () => {
  const mine = "https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/v2.0";

  it.each<object>([
    {},
    { issuer: 7 },
    { issuer: "no URL" },
    { issuer: mine },
    { issuer: "https://login.microsoftonline.com/{tenantid}/v2.0" },
  ])("is every tenant's, or this one's: %j", (key) => expect(isKeyOf(mine, key)).toBe(true));

  it.each<object>([
    { issuer: mine.replaceAll("1", "2") },
    { issuer: `${mine}/` },
    { issuer: "https://login.example.com/{tenantid}/v2.0" },
    { issuer: "https://login.microsoftonline.com/{tenantid}/v1.0" },
    { issuer: "https://login.microsoftonline.com/{tenantid}/v2.0{tenantid}" },
  ])("is another's: %j", (key) => expect(isKeyOf(mine, key)).toBe(false));
});

it("an error of a provider is told by its word, and never by a sentence, which could name a person", async () => {
  const told = async (error: string) => {
    const answer = new URLSearchParams({ error, state: "s" });
    const judge = () =>
      oauth.validateAuthResponse({ issuer: "https://idp" }, { client_id: "app" }, answer, "s");
    return judged(judge).then(
      () => "accepted",
      (fault: unknown) => (fault as UpstreamError).error,
    );
  };
  expect(await told("server_error")).toBe("server_error");
  expect(await told("Ada Lovelace is locked")).toBeUndefined();
});
