/** Attributes and mappings in words: on the pages of a connection, and in Data Lineage. */
import type { Option, Words } from "./form/field.ts";

/** In the words of the provider's documentation. */
export const SOURCES: Readonly<Record<string, string>> = {
  id_token: "ID token",
  access_token: "Access token",
  userinfo: "User info",
  assertion: "SAML assertion",
};

/** Of a mapping's `allow_weak_decoding`. */
export const CONVERSION: Words = {
  label: "Convert values of other types",
  help: 'As far as that is sure: the text "true" to a boolean, one value to a list of it.',
};

/** Nothing is chosen beforehand: no attribute is a good guess, and a wrong one writes over somebody's data. */
export const CHOOSE: Option = { value: "", label: "Choose one" };
