/** Secrets and bytes as text, at the edges that no well-formed record reaches. */
import { expect, it } from "vitest";
import { fromHex, toHex } from "../../src/crypto/hex.ts";
import { hashSecret, newSecret, secretMatches } from "../../src/crypto/secret.ts";

it("a secret matches its own hash, and no other text that a record could have in its place", async () => {
  const secret = newSecret();
  const hash = await hashSecret(secret);
  expect(await secretMatches(secret, hash)).toBe(true);
  for (const other of [await hashSecret(`${secret}x`), "", hash.slice(0, -1), `${hash}A`, secret])
    expect(await secretMatches(secret, other)).toBe(false);
});

it.each(["a", "AB", "0g", " 00", "00\n", "é0"])("%j is not hexadecimal", (text) => {
  expect(() => fromHex(text)).toThrow("not hexadecimal");
});

it("bytes come back from hexadecimal as they were", () => {
  expect(toHex(fromHex("00ff10"))).toBe("00ff10");
  expect(fromHex("")).toHaveLength(0);
});
