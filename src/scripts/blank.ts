/** Takes the values of secrets out of whatever a script leaves behind for people to read. */
import type { Json } from "../flow.ts";

export type Secrets = Readonly<Record<string, string>>;

/** Also where they were encoded on the way: in JSON, in a URL, or for the `Authorization` header. */
export function blank<T extends Json | undefined>(value: T, secrets: Secrets): T {
  const forms = Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).map((form) => [form, `[secret ${name}]`] as const),
  );
  // The longest first: a secret that begins like another one must not leave its end behind.
  forms.sort(([a], [b]) => b.length - a.length);
  return blanked(value, forms) as T;
}

type Forms = readonly (readonly [form: string, shown: string])[];

function blanked(value: Json | undefined, forms: Forms): Json | undefined {
  if (typeof value === "string")
    return forms.reduce((text, [form, shown]) => text.replaceAll(form, shown), value);
  if (Array.isArray(value)) return value.map((one) => blanked(one, forms) as Json);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [blanked(name, forms), blanked(one, forms) as Json]),
  );
}

function formsOf(secret: string): string[] {
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(secret))).replaceAll("=", "");
  const inJson = JSON.stringify(secret).slice(1, -1);
  const base64url = base64.replaceAll("+", "-").replaceAll("/", "_");
  return [...new Set([secret, inJson, encodeURIComponent(secret), base64, base64url])];
}
