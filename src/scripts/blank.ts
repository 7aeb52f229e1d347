/** Takes the values of secrets out of whatever a script leaves behind for people to read. */
import { toHex } from "../crypto/hex.ts";
import type { Json } from "../flow.ts";

export type Secrets = Readonly<Record<string, string>>;

/** Also where they were encoded on the way: in JSON, in a URL, in hex, or in Base64 with something before and after. */
export function blank<T extends Json | undefined>(value: T, secrets: Secrets): T {
  return blanked(value, formsFor(secrets)) as T;
}

/**
 * The same for a text that was cut where it became too long: a secret that began before may have lost its end.
 * @param longest characters after which it was cut
 */
export function blankCut(text: string, secrets: Secrets, longest: number): string {
  const forms = formsFor(secrets);
  const whole = blanked(text, forms) as string;
  if (text.length < longest) return whole;
  for (const [form, shown] of forms)
    for (let length = form.length - 1; length > 0; length--)
      if (whole.endsWith(form.slice(0, length))) return `${whole.slice(0, -length)}${shown}`;
  return whole;
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

function formsFor(secrets: Secrets): Forms {
  const forms = Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).map((form) => [form, `[secret ${name}]`] as const),
  );
  // The longest first: a secret that begins like another one must not leave its end behind.
  return forms.toSorted(([a], [b]) => b.length - a.length);
}

function formsOf(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  const hex = toHex(bytes);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inUrl = [encodeURIComponent(secret), encodeURIComponent(secret).replaceAll("%20", "+")];
  const inBase64 = [0, 1, 2].flatMap((before) => base64Of(bytes, before));
  return [...new Set([secret, inJson, ...inUrl, hex, hex.toUpperCase(), ...inBase64])];
}

/** In both alphabets. @param before bytes of something else, of three, that are encoded together with it: `user:secret` */
function base64Of(bytes: Uint8Array, before: number): string[] {
  const padded = new Uint8Array(before + bytes.length);
  padded.set(bytes, before);
  const text = btoa(String.fromCharCode(...padded)).replaceAll("=", "");
  // The character that stands for bits of both is another one each time; so is the last one, with more behind it.
  const own = text.slice(Math.ceil((before * 4) / 3), Math.floor((padded.length * 4) / 3));
  return [text.slice(before === 0 ? 0 : Math.ceil((before * 4) / 3)), own].flatMap((form) => [
    form,
    form.replaceAll("+", "-").replaceAll("/", "_"),
  ]);
}
