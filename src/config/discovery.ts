/** Identity provider discovery: which connection people of an e-mail domain sign in with. */
import * as z from "zod";

/** Characters of an address that are looked at (RFC 5321 §4.5.3.1 allows 254). */
const LONGEST_ADDRESS = 300;

/** As DNS knows it: lower case, international names in ASCII. @returns undefined for what is no domain */
function canonical(text: string): string | undefined {
  if (/[\s/?#@:\\%[\]]/.test(text) || !URL.canParse(`https://${text}`)) return undefined;
  const name = new URL(`https://${text}`).hostname.replace(/\.$/, "");
  return name.includes(".") && !/^[\d.]+$/.test(name) ? name : undefined;
}

/** What comes after the last `@` of an e-mail address. Nothing before it is ever looked at. */
export function domainOf(address: string): string | undefined {
  const at = address.lastIndexOf("@");
  return at > 0 && address.length <= LONGEST_ADDRESS ? canonical(address.slice(at + 1).trim()) : undefined;
}

const Domain = z
  .string()
  .max(253)
  .refine(
    (text) => canonical(text) === text,
    "must be a domain in small letters, such as example.com; an international one in its form with xn--",
  );

/** Of a connection. One that has domains is not offered to everybody while discovery is on. */
export const DiscoverySettings = z.strictObject({
  /** Each belongs to one connection only, and its subdomains are other domains. */
  domains: z.array(Domain).max(200).default([]),
  /** The browser goes on at once, without a click. */
  instant_redirect: z.boolean().default(false),
});
export type DiscoverySettings = z.infer<typeof DiscoverySettings>;
