/** What WebCrypto on Workers has beyond the standard: schemas that tools read stand beside code that uses it. */
interface SubtleCrypto {
  timingSafeEqual(a: ArrayBuffer | ArrayBufferView, b: ArrayBuffer | ArrayBufferView): boolean;
}
