/** Secrets that are given to a program for good: only a hash of them is kept. */
import { base64url } from "jose";

/** A new secret with 256 random bits. */
export function newSecret(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
}

/** SHA-256 as base64url. Enough for secrets of 256 random bits; never for passwords that people choose. */
export async function hashSecret(secret: string): Promise<string> {
  return base64url.encode(
    new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))),
  );
}

/** Compares hashes in constant time: the time taken says nothing about the secret. */
export async function secretMatches(presented: string, hash: string): Promise<boolean> {
  const [a, b] = [await hashSecret(presented), hash].map((text) => new TextEncoder().encode(text));
  return a !== undefined && b !== undefined && a.length === b.length && crypto.subtle.timingSafeEqual(a, b);
}
