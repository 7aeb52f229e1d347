import { BRANDS } from "./brands.ts";

/** Any OpenID Provider, on a host of its own: `https://par-iss-0x7.op.example.com` has what the words of its name say. */
export interface Provider {
  /** The whole label, by which requests are noted. */
  readonly name: string;
  readonly origin: string;
  /** As the discovery document names it. */
  readonly issuer: string;
  readonly is: (word: Word) => boolean;
}

const WORDS = [
  /** Pushed authorization requests, and nothing else if `onlypar`. */
  "par",
  "onlypar",
  "parfails",
  /** Answers name the issuer, as the discovery document promises; or promised and missing. */
  "iss",
  "noiss",
  /** For several tenants, as Microsoft Entra ID has it. */
  "tenants",
  /** A shared key set with a key of one tenant only. */
  "tenantkey",
  /** The discovery document is wrong in one thing. */
  "otherissuer",
  "nologout",
  "privatekeys",
  "privatetoken",
  "privateuserinfo",
  "privatepar",
  "httptoken",
  "hmac",
  "discoverydown",
  "silent",
  /** It shows its own error page: for every request, or goes back with `invalid_scope`. */
  "strict",
  "noscope",
] as const;
type Word = (typeof WORDS)[number];

const HOST = /^([a-z0-9-]+)\.op\.example\.com$/;

export function providerOf({ hostname, origin, pathname }: URL): Provider | undefined {
  const brand = BRANDS[hostname];
  if (brand !== undefined) {
    const [, tenant] = /^\/([\da-f-]{36})\//.exec(pathname) ?? [];
    return {
      name: hostname,
      origin,
      issuer: brand.replace("{tenantid}", tenant ?? "{tenantid}"),
      is: () => false,
    };
  }
  const name = HOST.exec(hostname)?.[1];
  if (name === undefined) return undefined;
  const words = name.split("-").filter((word) => !word.startsWith("0"));
  const unknown = words.find((word) => !WORDS.some((known) => known === word));
  if (unknown) throw new Error(`no such provider: ${unknown}`);
  const is = (word: Word) => words.includes(word);
  return { name, origin, issuer: is("tenants") ? `${origin}/{tenantid}/v2.0` : origin, is };
}
