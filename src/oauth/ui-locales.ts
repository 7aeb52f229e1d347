/** OpenID Connect Core §3.1.2.1 and RP-Initiated Logout 1.0 §2: `ui_locales`, languages separated by spaces. */
import { lookup, type Locale } from "../config/locale.ts";

/** None that is known is no error. */
export function uiLocale(params: URLSearchParams): Locale | undefined {
  return lookup(params.get("ui_locales")?.split(" ") ?? []);
}
