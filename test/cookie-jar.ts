/** A browser's cookies: `__Host-`, Max-Age, SameSite, and the size above which browsers drop one silently (RFC 6265bis). */
interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: string;
  /** Milliseconds. */
  readonly expires: number;
}

/** What decides whether a cookie goes along. */
export interface Sending {
  readonly to: URL;
  /** The request comes from another site, or is made in a frame of one. */
  readonly crossSite: boolean;
  /** A GET by which the whole window moves: the one case where `Lax` goes along from another site. */
  readonly navigation: boolean;
}

const LARGEST = 4_096;

export class CookieJar {
  #cookies: Cookie[] = [];
  /** Names of cookies that a browser would not keep, with the reason. */
  readonly dropped: string[] = [];

  take(url: URL, lines: readonly string[]): void {
    for (const line of lines) {
      const cookie = parse(line, url.host);
      const fault = faultOf(cookie, line, url);
      if (fault) this.dropped.push(`${cookie.name}: ${fault}`);
      this.#cookies = this.#cookies.filter(({ name, host }) => name !== cookie.name || host !== cookie.host);
      if (!fault && cookie.expires > Date.now()) this.#cookies.push(cookie);
    }
  }

  header({ to, crossSite, navigation }: Sending): string {
    return this.#live()
      .filter(({ host }) => host === to.host)
      .filter(({ sameSite }) => !crossSite || sameSite === "none" || (sameSite === "lax" && navigation))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }

  names(): string[] {
    return this.#live().map(({ name }) => name);
  }

  value(name: string): string | undefined {
    return this.#live().find((cookie) => cookie.name === name)?.value;
  }

  /** As another browser, or an attacker, would have it. */
  set(name: string, value: string, host = "localhost:8787"): void {
    this.#cookies = this.#cookies.filter((cookie) => cookie.name !== name);
    const expires = Date.now() + 86_400_000;
    this.#cookies.push({ name, value, host, secure: true, httpOnly: true, sameSite: "lax", expires });
  }

  clear(name?: string): void {
    this.#cookies = this.#cookies.filter((cookie) => name !== undefined && cookie.name !== name);
  }

  #live(): Cookie[] {
    return this.#cookies.filter(({ expires }) => expires > Date.now());
  }
}

function parse(line: string, host: string): Cookie {
  const [pair = "", ...rest] = line.split(/;\s*/);
  const at = pair.indexOf("=");
  const attributes = new Map(
    rest.map((part) => part.toLowerCase().split("=")).map(([key = "", set = ""]) => [key, set]),
  );
  const age = attributes.get("max-age");
  return {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    host,
    secure: attributes.has("secure"),
    httpOnly: attributes.has("httponly"),
    sameSite: attributes.get("samesite") ?? "lax",
    expires: age === undefined ? Infinity : Date.now() + Number(age) * 1_000,
  };
}

function faultOf({ name, value, secure, sameSite }: Cookie, line: string, url: URL): string | undefined {
  const trustworthy = url.protocol === "https:" || url.hostname === "localhost";
  if (name.length + value.length > LARGEST) return "too large";
  if (secure && !trustworthy) return "Secure on http";
  if (sameSite === "none" && !secure) return "SameSite=None without Secure";
  const pinned = secure && /;\s*path=\/(;|$)/i.test(line) && !/;\s*domain=/i.test(line);
  return name.startsWith("__Host-") && !pinned ? "__Host- needs Secure, Path=/ and no Domain" : undefined;
}
