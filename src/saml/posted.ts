/** SAML Bindings §3.5.4 — HTTP POST: the message as it is, in base64. */
import { SamlError } from "./error.ts";

/** @throws SamlError `document` */
export function readPosted(message: string): string {
  try {
    // Not `Buffer.from(message, "base64")`, which reads on over whatever is not base64.
    const bytes = Buffer.from(atob(message), "latin1");
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    throw new SamlError("document", "the message is not UTF-8 in base64", { cause });
  }
}

/** Names of people are of any script, and `btoa` knows Latin-1 only. */
export function writePosted(message: string): string {
  const bytes = new TextEncoder().encode(message);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
