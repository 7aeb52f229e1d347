/** Which addresses may be called for operators and clients (design §5.7): judged when they are written and when they are called. */
import * as z from "zod";

/**
 * Names are checked here; that a name does not lead to a private address is the platform's part
 * (`global_fetch_strictly_public`).
 */
export function isPublic(url: URL): boolean {
  if (url.protocol !== "https:" || url.username || url.password) return false;
  const name = url.hostname.replace(/\.$/, "");
  return name.includes(".") && !isAddress(name) && !PRIVATE.test(name);
}

/** This machine: open in development only. */
export function isLoopback(url: URL): boolean {
  const name = url.hostname.replace(/\.$/, "");
  return !url.username && !url.password && ["localhost", "127.0.0.1", "[::1]"].includes(name);
}

/**
 * Asked before every call to such an address: what was judged when it was written may come from another version, or a restored file.
 * @param loopback whether this machine may be called, which is for development
 * @throws TypeError where it may not be called
 */
export function mustBeCallable(url: URL, loopback: boolean): void {
  if (!isPublic(url) && !(loopback && isLoopback(url)))
    throw new TypeError("only public https addresses are called");
}

/** An address that is called by us rather than by a browser. */
export const PublicUrl = z
  .string()
  .max(2_000)
  .refine((text) => URL.canParse(text) && isPublic(new URL(text)), "must be a public https URL");

/** The same, or this machine for development: opened by the deployment's configuration when it is called. */
export const CalledUrl = z
  .string()
  .max(2_000)
  .refine(
    (text) =>
      URL.canParse(text) && !text.includes("#") && [isPublic, isLoopback].some((is) => is(new URL(text))),
    "must be a public https URL without fragment",
  );

/** Names that are never public (RFC 6761, RFC 6762, and `internal`). */
const PRIVATE = /\.(?:localhost|local|internal|home\.arpa)$/;

/** Receivers have names; an address of any kind is refused, so private ones need no list. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
}
