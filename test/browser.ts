/** A browser without JavaScript: cookies, redirects, links, forms, and the rules that a strict policy meets in Chromium. */
import { exports } from "cloudflare:workers";
import { ORIGIN } from "./bindings.ts";
import { CookieJar } from "./cookie-jar.ts";
import { facts, forms, links, refresh, text, type Form } from "./html.ts";
import { BRANDS } from "./upstream/op/brands.ts";

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** The browser went to a site that is neither ours nor a provider's: an app. What was posted there. */
  readonly posted?: URLSearchParams;
}

/** Who sits at the browser, as providers know them. */
export interface Person {
  name: string;
  claims: Record<string, unknown>;
  /** Seconds since they signed in at the provider. */
  signedInFor: number;
}

export type Via = (request: Request) => Promise<Response>;

interface Move {
  readonly method?: "GET" | "POST";
  readonly body?: URLSearchParams;
  /** The page in a frame of this site. */
  readonly frame?: string;
  /** The page of another site that sends the browser, by link or form. */
  readonly from?: string;
}

const PROVIDER = /\.amazoncognito\.com$|\.op\.example\.com$|^github\.com$/;
const isProvider = (hostname: string) => PROVIDER.test(hostname) || Object.hasOwn(BRANDS, hostname);
/** Under it tests give workspaces domains of their own. */
export const OWN = ".own.example.com";
const LONGEST_CHAIN = 10;

export class Browser {
  readonly jar = new CookieJar();
  readonly person: Person;
  readonly #via: Via;
  #page: Page | undefined;

  constructor(person: string, via: Via = (request) => exports.default.fetch(request)) {
    this.person = { name: person, claims: {}, signedInFor: 0 };
    this.#via = via;
  }

  get page(): Page {
    if (!this.#page) throw new Error("the browser shows nothing yet");
    return this.#page;
  }

  get title(): string {
    return text(this.page.html, "h1");
  }

  get facts(): Readonly<Record<string, string>> {
    return facts(this.page.html);
  }

  get links(): ReadonlyMap<string, string> {
    return links(this.page.html);
  }

  get form(): Form {
    const [form] = forms(this.page.html);
    if (!form) throw new Error(`no form on ${this.page.url.href}: ${this.title}`);
    return form;
  }

  /** As if typed, or followed from a page of another site. */
  open(url: string | URL, move: Move = {}): Promise<Page> {
    return this.#go(new URL(url), move, move.from ?? move.frame);
  }

  click(id: string): Promise<Page> {
    const href = this.links.get(id);
    if (href === undefined) throw new Error(`no link ${id} on ${this.page.url.href}: ${this.title}`);
    return this.#go(new URL(href, this.page.url), {}, this.page.url.origin);
  }

  /** Presses a button. `changed` replaces the values of a field; boxes that are not named any more are unchecked. */
  submit(id: string, changed: Readonly<Record<string, string | readonly string[]>> = {}): Promise<Page> {
    const form = forms(this.page.html).find(({ buttons }) => buttons.some((button) => button.id === id));
    const button = form?.buttons.find((known) => known.id === id);
    if (!form || !button) throw new Error(`no button ${id} on ${this.page.url.href}: ${this.title}`);
    const body = new URLSearchParams(
      form.fields.filter(([name]) => !(name in changed)).map(([...field]) => field),
    );
    for (const [name, values] of Object.entries(changed))
      for (const value of [values].flat()) body.append(name, value);
    if (button.name) body.append(button.name, button.value);
    const policy = this.page.headers.get("content-security-policy");
    if (form.method.toLowerCase() === "get") {
      const to = new URL(form.action, this.page.url);
      to.search = body.toString();
      return this.#go(to, {}, this.page.url.origin, policy);
    }
    return this.#go(
      new URL(form.action, this.page.url),
      { method: "POST", body },
      this.page.url.origin,
      policy,
    );
  }

  /** @param policy of the page whose form is sent: Chromium holds the whole chain of redirects to `form-action` */
  async #go(start: URL, move: Move, from: string | undefined, policy: string | null = null): Promise<Page> {
    let [to, { method = "GET", body }] = [start, move];
    for (let hop = 0; hop < LONGEST_CHAIN; hop++) {
      if (policy && !allows(policy, to, start.origin))
        throw new Error(`form-action stops the browser on its way to ${to.origin}`);
      if (!isKnown(to)) return (this.#page = outside(to, body));
      const response = await this.#send(to, method, body, from, move.frame);
      const location = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && location) {
        [from, to] = [from ?? undefined, new URL(location, to)];
        if (response.status !== 307 && response.status !== 308) [method, body] = ["GET", undefined];
        await response.body?.cancel();
        continue;
      }
      const { status, headers } = response;
      this.#page = { url: to, status, headers, html: await response.text() };
      const next = refresh(this.#page.html);
      if (next === undefined) return this.#page;
      [from, to, method, body, policy] = [to.origin, new URL(next, to), "GET", undefined, null];
    }
    throw new Error(`the browser is sent around in circles: ${to.href}`);
  }

  async #send(to: URL, method: string, body: URLSearchParams | undefined, from?: string, frame?: string) {
    const crossSite = from !== undefined && siteOf(from) !== siteOf(to.href);
    const navigation = method === "GET" && frame === undefined;
    const headers = new Headers(body && { "content-type": "application/x-www-form-urlencoded" });
    const cookies = this.jar.header({ to, crossSite, navigation });
    if (cookies) headers.set("cookie", cookies);
    if (method === "POST") headers.set("origin", this.#origin(from));
    headers.set("sec-fetch-site", from === undefined ? "none" : crossSite ? "cross-site" : "same-origin");
    const ours = isOurs(to);
    if (!ours) for (const [name, value] of this.#identity()) headers.set(name, value);
    const request = new Request(to, {
      method,
      headers,
      redirect: "manual",
      ...(body && { body: body.toString() }),
    });
    const response = await (ours ? this.#via(request) : fetch(request));
    this.jar.take(to, response.headers.getSetCookie());
    return response;
  }

  /** Fetch §3.1: a page that sends no referrer says `null` with its forms. */
  #origin(from: string | undefined): string {
    const silent =
      this.#page?.url.origin === from && this.#page?.headers.get("referrer-policy") === "no-referrer";
    return from === undefined || silent ? "null" : new URL(from).origin;
  }

  #identity(): [string, string][] {
    const { name, claims, signedInFor } = this.person;
    return [
      ["x-person", name],
      ["x-claims", encodeURIComponent(JSON.stringify(claims))],
      ["x-auth-age", String(signedInFor)],
      ["x-now", String(Math.floor(Date.now() / 1_000))],
    ];
  }
}

function isKnown(url: URL): boolean {
  return isOurs(url) || isProvider(url.hostname);
}

/** The deployment, and domains of workspaces. */
function isOurs(url: URL): boolean {
  return url.origin === ORIGIN || url.hostname.endsWith(OWN);
}

function outside(url: URL, posted: URLSearchParams | undefined): Page {
  return { url, status: 0, headers: new Headers(), html: "", ...(posted && { posted }) };
}

/** Near enough: scheme and the last two labels. */
function siteOf(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname.split(".").slice(-2).join(".")}`;
}

function allows(policy: string, to: URL, self: string): boolean {
  const [, sources] = /form-action ([^;]+)/.exec(policy) ?? [];
  if (sources === undefined) return true;
  return sources.split(" ").some((source) => (source === "'self'" ? self : source) === to.origin);
}
