/** The first language that a browser asks for, if numbers and dates can be written in it. */
export function localeOf(header: string | undefined): string {
  for (const part of (header ?? "").slice(0, 200).split(",")) {
    const [tag = ""] = part.trim().split(";");
    try {
      if (tag && tag !== "*" && Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0) return tag;
    } catch {
      // Not a language tag: the next one may be.
    }
  }
  return "en";
}
