import assert from "node:assert/strict";
import { CookieJar } from "../cookie-jar.ts";
import { forms, refresh, text } from "../html.ts";
import { people } from "../local/pool/people.ts";

type Around = (request: Request, send: () => Promise<Response>) => Promise<Response>;

/** Somebody at a browser of the simplest kind: follows redirects, fills in the pool's form, and says yes to what is asked. */
export class Person {
  readonly #jar = new CookieJar();
  readonly #name: string;
  readonly #around: Around;
  /** Titles of the pages seen since the last sign-in began. */
  seen: string[] = [];

  /** @param around wraps each request, to measure it */
  constructor(name: string, around: Around = (_, send) => send()) {
    this.#name = name;
    this.#around = around;
  }

  /** Walks from an authorization request to where the app waits; the answer is the URL that the app is called with. */
  async walk(start: URL, app: string): Promise<URL> {
    this.seen = [];
    let request = new Request(start);
    for (let step = 0; step < 20; step++) {
      if (request.url.startsWith(app)) return new URL(request.url);
      request = await this.#next(request);
    }
    assert.fail(`the app was never reached: ${this.seen.join(", ")}`);
  }

  /** The heading of the page at this address. */
  async reads(url: URL): Promise<string> {
    const cookie = this.#jar.header({ to: url, crossSite: false, navigation: true });
    const response = await fetch(url, { headers: { cookie } });
    this.#jar.take(url, response.headers.getSetCookie());
    return text(await response.text(), "h1");
  }

  async #next(request: Request): Promise<Request> {
    const url = new URL(request.url);
    request.headers.set("cookie", this.#jar.header({ to: url, crossSite: false, navigation: true }));
    const response = await this.#around(request, () => fetch(request, { redirect: "manual" }));
    this.#jar.take(url, response.headers.getSetCookie());
    const html = await response.text();
    const to = response.headers.get("location") ?? refresh(html);
    if (to) return new Request(new URL(to, url));
    assert.equal(response.status, 200, `${url.pathname}: ${text(html, "h1")}`);
    this.seen.push(text(html, "h1"));
    return this.#answer(url, html);
  }

  #answer(url: URL, html: string): Request {
    const [form] = forms(html);
    assert.ok(form, `a page without a form: ${text(html, "h1")}`);
    const body = new URLSearchParams(form.fields.map(([...field]) => field));
    const allow = form.buttons.find(({ id }) => id === "allow");
    if (allow) body.append(allow.name, allow.value);
    else if (form.fields.some(([name]) => name === "username"))
      for (const [name, value] of Object.entries(this.#credentials())) body.set(name, value);
    return new Request(new URL(form.action, url), { method: "POST", headers: { origin: url.origin }, body });
  }

  #credentials(): { username: string; password: string } {
    const person = people.find(({ username }) => username === this.#name);
    assert.ok(person);
    return { username: person.username, password: person.password };
  }
}
