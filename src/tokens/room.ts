/** Room in a signed token: it stays under 8 KB, base64url and signature included (design §5.11). */
const LARGEST_PAYLOAD = 5_700;

/** Bytes that configured claims may take beside the protocol's. */
export function roomBeside(protocol: object): number {
  return LARGEST_PAYLOAD - new TextEncoder().encode(JSON.stringify(protocol)).length;
}
