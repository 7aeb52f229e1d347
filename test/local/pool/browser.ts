/** A browser of the smallest kind: a cookie jar a host, one request at a time, redirects in your own hands. */
export class Browser {
  readonly #jar = new Map<string, string>();

  async open(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#jar].map((pair) => pair.join("=")).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
      if (/expires=Thu, 01 Jan 1970/i.test(line)) this.#jar.delete(name);
      else this.#jar.set(name, value);
    }
    return response;
  }

  submit(url: string | URL, fields: Record<string, string>): Promise<Response> {
    return this.open(url, { method: "POST", body: new URLSearchParams(fields) });
  }

  /** Follows redirects as long as they stay on the page's origin; the answer is where they lead. */
  async follow(response: Response, from: string | URL): Promise<{ url: URL; response: Response }> {
    const location = response.headers.get("location");
    const url = new URL(location ?? from, from);
    if (!location || url.origin !== new URL(from).origin) return { url, response };
    return this.follow(await this.open(url), url);
  }
}
