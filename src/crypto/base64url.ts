/** base64url that is read one way only: spare bits of the last character would let two texts mean the same. */
import { base64url } from "jose";

export const encode = base64url.encode;

/** @throws RangeError for a text that {@link encode} would not have written */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(base64url.decode(text));
  if (encode(bytes) !== text) throw new RangeError("not the one form of base64url");
  return bytes;
}
