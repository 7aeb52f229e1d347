import type { Answer } from "./http.ts";

/** What a browser keeps of one site. */
export class Jar {
  readonly #cookies = new Map<string, string>();

  get headers(): { readonly cookie: string } {
    return { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  }

  take(answer: Answer): Answer {
    for (const cookie of answer.cookies) {
      const at = cookie.indexOf("=");
      const [name, value] = [cookie.slice(0, at), cookie.slice(at + 1)];
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    return answer;
  }
}
