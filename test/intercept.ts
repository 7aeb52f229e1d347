/** Stops a browser between the provider and us, where attackers of sign-ins sit. */
import type { Browser } from "./browser.ts";
import { exports } from "cloudflare:workers";
import { now } from "./clock.ts";

/** @returns the callback that the browser was about to open, with code and state */
export async function intercept(
  browser: Browser,
  url: URL,
  via = (request: Request) => exports.default.fetch(request),
): Promise<URL> {
  const cookie = browser.jar.header({ to: url, crossSite: false, navigation: true });
  const ours = await via(new Request(url, { redirect: "manual", headers: { cookie } }));
  browser.jar.take(url, ours.headers.getSetCookie());
  const headers = { "x-person": browser.person.name, "x-now": String(now()) };
  const theirs = await fetch(ours.headers.get("location") ?? "", { redirect: "manual", headers });
  return new URL(theirs.headers.get("location") ?? "");
}
