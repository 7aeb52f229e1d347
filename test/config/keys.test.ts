/** What a signing key may do follows from its times (issue: the next key is published a day before, the old one stays). */
import { describe, expect, it } from "vitest";
import { hintKeys, nextKeyDue, publishedKeys, signingKey, type SigningKey } from "../../src/config/keys.ts";

const DAY = 86_400;
const HOUR = 3_600;
const key = (kid: string, use_from: number, more: Partial<SigningKey> = {}): SigningKey => ({
  kid,
  alg: "RS256",
  public_jwk: {},
  private_jwk: "",
  created_at: use_from,
  use_from,
  ...more,
});
const kids = (keys: readonly SigningKey[]) => keys.map(({ kid }) => kid);

const former = key("former", 0);
const current = key("current", 90 * DAY);
const next = key("next", 180 * DAY);
const revoked = (one: SigningKey, revoked_at = one.use_from + 1) => ({ ...one, revoked_at });
const all = [former, current, next];

describe("the key that signs", () => {
  it.each([
    [90 * DAY - 1, "former"],
    [90 * DAY, "current"],
    [180 * DAY - 1, "current"],
    [180 * DAY, "next"],
  ])("at %i is %s: the newest whose time has come", (now, kid) => {
    expect(signingKey(all, "RS256", now)?.kid).toBe(kid);
    expect(signingKey(all.toReversed(), "RS256", now)?.kid).toBe(kid);
  });

  it("is never a revoked one, nor one of another algorithm, nor one whose time has not come", () => {
    expect(signingKey([former, revoked(current)], "RS256", 100 * DAY)?.kid).toBe("former");
    expect(signingKey([revoked(former)], "RS256", DAY)).toBeUndefined();
    expect(signingKey(all, "ES256", 100 * DAY)).toBeUndefined();
    expect(signingKey([next], "RS256", 100 * DAY)).toBeUndefined();
  });
});

describe("the key set", () => {
  it("has a former key for a day and an hour after the next one came into use, and not a second longer", () => {
    const until = 90 * DAY + DAY + HOUR;
    expect(kids(publishedKeys(all, until - 1))).toEqual(["former", "current", "next"]);
    expect(kids(publishedKeys(all, until))).toEqual(["current", "next"]);
  });

  it("has no revoked key, and a former one stays former when its follower is revoked", () => {
    expect(kids(publishedKeys([former, revoked(current)], 90 * DAY))).toEqual(["former"]);
    expect(kids(publishedKeys([former, revoked(current)], 92 * DAY))).toEqual([]);
  });

  it("has a key for as long as its tokens live, though the one that was to follow it was revoked before it signed", () => {
    const never = revoked(current, 90 * DAY - 1);
    const instead = key("instead", 91 * DAY - 1);
    const until = 92 * DAY - 1 + HOUR;
    expect(kids(publishedKeys([former, never], 100 * DAY))).toEqual(["former"]);
    expect(kids(publishedKeys([former, never, instead], until - 1))).toEqual(["former", "instead"]);
    expect(kids(publishedKeys([former, never, instead], until))).toEqual(["instead"]);
  });

  it("is not shortened by a newer key of another algorithm", () => {
    const other = key("other", 90 * DAY, { alg: "ES256" });
    expect(kids(publishedKeys([former, other], 100 * DAY))).toEqual(["former", "other"]);
  });
});

it("a hint may be of any key but a revoked one (RP-Initiated Logout §4)", () => {
  expect(kids(hintKeys([former, revoked(current), next]))).toEqual(["former", "next"]);
});

describe("the next key is made", () => {
  it("a day before the newest has signed for ninety", () => {
    expect(nextKeyDue([former], "RS256")).toBe(89 * DAY);
    expect(nextKeyDue([former, current], "RS256")).toBe(179 * DAY);
  });

  it("at once where there is none that is not revoked, whatever other algorithms have", () => {
    expect(nextKeyDue([], "RS256")).toBe(0);
    expect(nextKeyDue([revoked(former)], "RS256")).toBe(0);
    expect(nextKeyDue([former], "ES256")).toBe(0);
    expect(nextKeyDue([former, revoked(current)], "RS256")).toBe(89 * DAY);
  });
});
