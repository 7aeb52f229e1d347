/** Headers of every answer: nothing is stored unless a handler says so, nothing is framed, nothing is sniffed. */
import { createMiddleware } from "hono/factory";
import type { App, AppContext } from "./context.ts";

export const headers = createMiddleware<App>(async function headers(c, next) {
  await next();
  // Not by `c.header`: once there is an answer, it copies the whole of it for every header.
  const { headers: own } = c.res;
  const set = (name: string, value: string) => own.has(name) || own.set(name, value);
  set("Cache-Control", "no-store");
  set("X-Content-Type-Options", "nosniff");
  // Nothing goes to other sites; `no-referrer` would also take the Origin from our own forms, which is checked.
  set("Referrer-Policy", "same-origin");
  set("X-Request-Id", c.var.request_id);
  if (c.var.deployment?.origin.startsWith("https:")) set("Strict-Transport-Security", "max-age=31536000");
  if (!own.get("Content-Type")?.startsWith("text/html")) return;
  if (c.var.written_in) set("Content-Language", c.var.written_in);
  // RFC 9110 §12.5.5: the same address is another page in another browser.
  own.append("Vary", "Accept-Language");
  set("Content-Security-Policy", pagePolicy("'self'"));
  set("X-Frame-Options", "DENY");
});

/**
 * For a page that posts to another site, with the one script that does so. Nothing is said of `form-action`: Chromium holds to
 * it wherever that site redirects to, and an app that takes its answer at one host may live at another. Its one form goes to an
 * address that was proven.
 */
export function allowPost(c: AppContext, nonce: string): void {
  c.header("Content-Security-Policy", pagePolicy(undefined, `'nonce-${nonce}'`));
}

/** For a page of the console: its one script, and nothing that was not named by this very answer. */
export function allowScript(c: AppContext, nonce: string): void {
  c.header("Content-Security-Policy", pagePolicy("'self'", `'nonce-${nonce}'`));
}

function pagePolicy(formAction: string | undefined, script?: string): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' https: data:",
    ...(script ? [`script-src ${script}`] : []),
    ...(formAction ? [`form-action ${formAction}`] : []),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}
