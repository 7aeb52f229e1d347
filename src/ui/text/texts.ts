import type { Locale } from "../../config/locale.ts";
import { de } from "./de.ts";
import { en, type Text } from "./en.ts";

/** The words of every language. One that lacks a word does not compile. */
export const texts: Readonly<Record<Locale, Text>> = { en, de };
