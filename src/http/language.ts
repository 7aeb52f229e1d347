/** Which language a person reads: what the client says of them, else what their browser says. */
import { LOCALES, lookup, type Locale } from "../config/locale.ts";
import { uiLocale } from "../oauth/ui-locales.ts";
import type { AppContext } from "./context.ts";

/** `ui_locales` of the sign-in that this request continues, or of the request itself (OpenID Connect Core §3.1.2.1). */
export function localeOf(c: AppContext): Locale {
  return (
    c.var.locale ??
    uiLocale(new URL(c.req.url).searchParams) ??
    lookup(acceptable(c.req.header("accept-language") ?? "")) ??
    LOCALES[0]
  );
}

/** RFC 9110 §12.5.4: language ranges by weight, those of equal weight as they stand. A weight of zero is a refusal. */
function acceptable(header: string): string[] {
  return header
    .split(",", 50)
    .map((item) => {
      const [range = "", ...parameters] = item.split(";").map((part) => part.trim());
      const q = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
      return { range, weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ range }) => range);
}
