const here = "https://here.invalid";
const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** An address that an operator or a client gave, if a page may link to it: https, http on loopback, or a path of our own. */
export function href(value: string | undefined): string | undefined {
  if (!value || !URL.canParse(value, here)) return undefined;
  const url = new URL(value, here);
  if (url.username || url.password) return undefined;
  // Resolved, not matched: browsers read "/\t/evil.example" and "/\evil.example" as another host.
  if (url.origin === here) return value.startsWith("/") ? value : undefined;
  if (!URL.canParse(value)) return undefined;
  return url.protocol === "https:" || (url.protocol === "http:" && loopback.has(url.hostname))
    ? url.href
    : undefined;
}

/** Where a sign-in may end: what `href` allows, or an app on the device by its own scheme, which has a dot (RFC 8252 §7.1). */
export function destination(value: string): string | undefined {
  const own = /^([a-z][a-z0-9+-]*\.[a-z0-9.+-]*):/i.test(value) && URL.canParse(value);
  return own ? new URL(value).href : href(value);
}

/** The part of an address by which people know a site; of an app on the device, its scheme. */
export function host(value: string): string {
  if (!URL.canParse(value)) return value;
  const url = new URL(value);
  return url.host || url.protocol.slice(0, -1);
}
