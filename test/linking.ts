/** Two connections that may be linked, an app, and people who link what is theirs. */
import { Browser, type Page } from "./browser.ts";
import type { RelyingParty } from "./client.ts";
import { decodeJwt } from "jose";
import { makeWorld, type World } from "./world.ts";

export interface Linking {
  readonly world: World;
  readonly app: RelyingParty;
}

/** A workspace with the connections `customers` and `staff`, and the rule `both`. */
export async function linkable(via?: RelyingParty["via"]): Promise<Linking> {
  const world = await makeWorld();
  await world.connection("customers");
  await world.connection("staff");
  await world.put("linking-rules/both", { connections: ["customers", "staff"] });
  return { world, app: await world.client("app", { ...(via && { via }) }) };
}

/** At their own page, in a session of this connection. */
export async function atPortal(world: World, browser: Browser, connection: string): Promise<Page> {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: "vestibule:me",
    redirect_uri: `${world.issuer}/me`,
    scope: "openid",
    idp_hint: connection,
    prompt: "login",
  });
  return browser.open(`${world.issuer}/oauth2/authorize?${query.toString()}`);
}

/** Up to the page that asks. @param other who the person is at the second provider */
export async function proveBoth(
  world: World,
  browser: Browser,
  other = browser.person.name,
  [first, second]: readonly [string, string] = ["customers", "staff"],
): Promise<Page> {
  await atPortal(world, browser, first);
  const own = browser.person.name;
  browser.person.name = other;
  const page = await browser.submit(`add-${second}`);
  browser.person.name = own;
  return page;
}

/** The `sub` of a sign-in to the app by one connection. */
export async function subjectBy(
  app: RelyingParty,
  person: string | Browser,
  idp_hint: string,
): Promise<string> {
  const browser = typeof person === "string" ? new Browser(person, app.via) : person;
  const { id_token = "" } = await app.signIn(browser, { idp_hint, prompt: "login" });
  return decodeJwt(id_token).sub ?? "";
}
