import type Provider from "oidc-provider";
import { escape, page } from "./page.ts";
import type { Person } from "./people.ts";
import type { Middleware } from "./provider.ts";

/** The hosted login page: one form, no script. A wrong password and an unknown person get the same answer. */
export const login =
  (people: readonly Person[]): Middleware =>
  async (ctx, next) => {
    if (!ctx.path.startsWith("/login/")) return next();
    const provider = ctx.app as unknown as Provider;
    const waiting = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined);
    ctx.set("cache-control", "no-store");
    if (!waiting) {
      ctx.status = 400;
      ctx.body = page(
        "Sign in",
        "<h1>This sign-in has expired</h1><p>Go back to the app and start again.</p>",
      );
      return;
    }
    const sent = ctx.method === "POST" ? await read(ctx.req) : undefined;
    const person = sent && find(people, sent);
    if (person) {
      ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, { login: { accountId: person.sub } }));
      ctx.status = 303;
      return;
    }
    ctx.status = sent ? 400 : 200;
    ctx.body = page("Sign in", form(sent?.get("username") ?? hint(waiting.params.login_hint), Boolean(sent)));
  };

const hint = (value: unknown): string => (typeof value === "string" ? value : "");

/** By username or e-mail address, and the password. */
export function find(people: readonly Person[], form: URLSearchParams): Person | undefined {
  const name = (form.get("username") ?? "").trim().normalize().toLowerCase();
  const password = (form.get("password") ?? "").normalize();
  return people.find(
    (person) =>
      [person.username, person.attributes.email].some(
        (own) => String(own).normalize().toLowerCase() === name,
      ) && person.password.normalize() === password,
  );
}

/** @param at whose account it is */
export const form = (username: string, refused: boolean, at = "Example Corp"): string => `<h1>Sign in</h1>
<p>with your ${escape(at)} account</p>
${refused ? '<p role="alert">Incorrect username or password.</p>' : ""}
<form method="post">
<label for="username">Username or email address</label>
<input id="username" name="username" value="${escape(username)}" autocomplete="username" autocapitalize="none" spellcheck="false" required>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button id="sign-in" type="submit">Sign in</button>
</form>`;

async function read(stream: AsyncIterable<Buffer>): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
