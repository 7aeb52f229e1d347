/** URLs that operators write into records. */
import * as z from "zod";

/** Printable ASCII as it is: parsing would drop or encode anything else, and the text goes into a header. */
const PRINTABLE = /^[\x21-\x7e]+$/;

const loopback = (url: URL) => ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * A link that a person may follow: https, or http on this machine for development. Never `javascript:`, and never with
 * a name before the host, which reads like another host (`https://login.example.com@evil.example`).
 */
export const WebUrl = z
  .string()
  .max(2_000)
  .refine((text) => {
    const url = parsed(text);
    if (url === undefined || url.username || url.password) return false;
    return url.protocol === "https:" || (url.protocol === "http:" && loopback(url));
  }, "must be an https URL");

/** Scheme and host and nothing more, as a browser says it (RFC 6454 §6.2); https, because `__Host-` cookies need it. */
export const Origin = z
  .string()
  .max(300)
  .refine((text) => {
    const url = parsed(text);
    return url !== undefined && url.protocol === "https:" && url.origin === text;
  }, "must be an https origin, like https://login.example.com");

/**
 * RFC 6749 §3.1.2: absolute, without fragment. RFC 8252 §7.1 allows private-use schemes of native apps, which
 * contain a dot; schemes that browsers execute or read locally do not.
 */
export const RedirectUri = z
  .string()
  .max(2_000)
  .refine((text) => {
    const url = PRINTABLE.test(text) ? parsed(text) : undefined;
    if (!url || text.includes("#") || url.username || url.password) return false;
    if (url.protocol === "https:") return true;
    return url.protocol === "http:" ? loopback(url) : url.protocol.includes(".");
  }, "must be an https URL, an http URL on loopback, or a private-use scheme with a dot, without fragment");

/** RFC 8707 §2: an absolute URI without fragment. */
export const ResourceUri = z
  .string()
  .max(500)
  .refine((text) => URL.canParse(text) && !text.includes("#"), "must be an absolute URI without fragment");
