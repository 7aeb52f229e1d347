/** Languages that people's pages are written in (`ui/text/`), the one for everybody else first. */
export const LOCALES = ["en", "de"] as const;
export type Locale = (typeof LOCALES)[number];

/** Ranges that are looked at: nobody reads more languages, and a header may hold thousands. */
const MOST = 20;

/**
 * RFC 4647 §3.4: the first range that leads to a language, each tried from its end on (`de-Latn-AT`, `de-Latn`, `de`).
 * @param ranges in order of preference
 */
export function lookup(ranges: readonly string[]): Locale | undefined {
  for (const range of ranges.slice(0, MOST)) {
    const subtags = range.toLowerCase().split("-", 8);
    for (let length = subtags.length; length > 0; length -= 1) {
      const tag = subtags.slice(0, length).join("-");
      const found = LOCALES.find((locale) => locale === tag);
      if (found) return found;
    }
  }
  return undefined;
}
