/** A client's assertion at its edges: life, `jti`, clocks, whom it is about and for (RFC 7523 §3, OpenID Connect Core §9). */
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type JWTPayload } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { judgeAssertion } from "../../src/oauth/client-assertion.ts";

const NOW = 1_800_000_000;
const AUDIENCE = "https://issuer.example";
const GOOD = { iss: "app", sub: "app", aud: AUDIENCE, jti: "1", exp: NOW + 60 };

let judge: (claims: JWTPayload, alg?: string) => Promise<unknown>;

beforeAll(async () => {
  const pairs = Object.fromEntries(
    await Promise.all(
      ["RS256", "RS384", "ES256"].map(async (alg) => {
        const pair = await generateKeyPair(alg, { extractable: true });
        return [alg, { ...pair, jwk: { ...(await exportJWK(pair.publicKey)), kid: alg } }] as const;
      }),
    ),
  );
  const keys = createLocalJWKSet({ keys: Object.values(pairs).map(({ jwk }) => jwk) });
  judge = async (claims, alg = "ES256") => {
    const jwt = new SignJWT(claims).setProtectedHeader({ alg, kid: alg });
    return judgeAssertion(await jwt.sign(pairs[alg]!.privateKey), keys, "app", [AUDIENCE, "x"], NOW);
  };
});

it("is remembered until it is refused by its age: its expiry and the tolerance for clocks", async () => {
  expect(await judge(GOOD)).toEqual({ jti: "1", exp: NOW + 90 });
});

describe("is taken", () => {
  it.each<[string, JWTPayload]>([
    ["thirty seconds after it expired, less one: clocks differ", { exp: NOW - 29 }],
    ["with an hour to live, as Authlib makes it, and the tolerance", { exp: NOW + 3_630 }],
    ["with a jti of 200 characters", { jti: "j".repeat(200) }],
    ["for one audience in a list", { aud: [AUDIENCE] }],
    ["for two that are both ours", { aud: [AUDIENCE, "x"] }],
    ["thirty seconds before its time", { nbf: NOW + 30 }],
  ])("%s", async (_, changed) => {
    expect(await judge({ ...GOOD, ...changed })).toHaveProperty("jti");
  });

  it("with an RSA key", async () => expect(await judge(GOOD, "RS256")).toHaveProperty("jti"));
});

const NOT = "the assertion was not accepted";

describe("is refused", () => {
  it.each<[string, JWTPayload, string]>([
    ["thirty seconds after it expired", { exp: NOW - 30 }, NOT],
    ["when it lives longer", { exp: NOW + 3_631 }, "the assertion lives longer than an hour"],
    ["when it never expires", { exp: undefined }, NOT],
    ["without jti", { jti: undefined }, NOT],
    ["with an empty jti", { jti: "" }, "the assertion has no usable jti"],
    ["with a jti of 201 characters (threat 25)", { jti: "j".repeat(201) }, "the assertion has no usable jti"],
    ["by another issuer", { iss: "other" }, NOT],
    ["without issuer", { iss: undefined }, NOT],
    ["about another subject", { sub: "other" }, NOT],
    ["for another audience", { aud: `${AUDIENCE}/` }, NOT],
    [
      "for several audiences, of which we are one (CVE-2025-27370)",
      { aud: [AUDIENCE, "https://other.example"] },
      "the assertion is addressed to others as well",
    ],
    ["for nobody", { aud: undefined }, NOT],
    ["before its time", { nbf: NOW + 31 }, NOT],
  ])("%s", async (_, changed, words) => {
    await expect(judge({ ...GOOD, ...changed })).rejects.toMatchObject({
      code: "invalid_client",
      message: words,
    });
  });

  it("with an algorithm that is not on the list, though the key fits (RFC 8725 §3.1)", async () => {
    await expect(judge(GOOD, "RS384")).rejects.toThrow(NOT);
  });
});
