/** The base64 inside of PEM. */
export function bareOf(pem: string): string {
  return pem.replaceAll(/-----[^-]+-----|\s/g, "");
}
