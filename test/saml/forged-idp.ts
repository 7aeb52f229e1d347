/** A SAML connection whose provider is the test: it reads the request, and posts whatever answer it likes. */
import type { Browser, Page } from "../browser.ts";
import { now } from "../clock.ts";
import type { Begun, RelyingParty } from "../client.ts";
import type { World } from "../world.ts";
import { honest, posted, type Said, tell } from "./forge.ts";
import { keyOf, type Named } from "./keys.ts";

const SITE = "https://idp.example.org";

export interface ForgedIdp {
  readonly connection: string;
  readonly entity_id: string;
  readonly acs: string;
  readonly audience: string;
  readonly by: Named;
}

/** Makes the connection. @param settings over the usual ones */
export async function forgedIdp(
  world: World,
  connection: string,
  { settings = {}, ...rest }: { settings?: object; [member: string]: unknown } = {},
): Promise<ForgedIdp> {
  const by = await keyOf("provider");
  const entity_id = `${SITE}/${connection}`;
  await world.put(`connections/${connection}`, {
    name: `Connection ${connection}`,
    method: "saml",
    settings: {
      idp_entity_id: entity_id,
      sso_url: `${SITE}/sso`,
      idp_certificates: [by.certificate],
      ...settings,
    },
    ...rest,
  });
  const audience = `${world.issuer}/saml/${connection}/metadata`;
  return { connection, entity_id, acs: `${world.issuer}/saml/${connection}/acs`, audience, by };
}

/** What the provider was asked. */
export interface Asked {
  readonly begun: Begun;
  readonly relay: string;
  readonly xml: string;
  readonly id: string;
  readonly url: URL;
}

/** Sends the browser to the provider, and reads what it brings. */
export async function depart(
  browser: Browser,
  app: RelyingParty,
  idp: ForgedIdp,
  params: Readonly<Record<string, string>> = {},
): Promise<Asked> {
  const begun = await app.begin({ idp_hint: idp.connection, ...params });
  const { url } = await browser.open(begun.url);
  if (url.origin !== SITE) throw new Error(`not at the provider: ${url.href} ${browser.title}`);
  const xml = await inflated(url.searchParams.get("SAMLRequest") ?? "");
  const [, id = ""] = /<samlp:AuthnRequest [^>]*\bID="([^"]*)"/.exec(xml) ?? [];
  return { begun, relay: url.searchParams.get("RelayState") ?? "", xml, id, url };
}

/** @param told over what an honest provider says */
export function saying(idp: ForgedIdp, { id: request }: Pick<Asked, "id">, told: Partial<Said> = {}): Said {
  const { acs, audience, entity_id: issuer } = idp;
  return tell({ request, acs, audience, issuer, now: now(), ...told });
}

/** The provider's page posts the answer. */
export async function arrive(
  browser: Browser,
  idp: Pick<ForgedIdp, "acs">,
  { relay }: Pick<Asked, "relay">,
  document: string,
): Promise<Page> {
  const body = new URLSearchParams({ SAMLResponse: posted(document), RelayState: relay });
  return browser.open(idp.acs, { method: "POST", body, from: SITE });
}

/** The whole way, honest. */
export async function signIn(
  browser: Browser,
  app: RelyingParty,
  idp: ForgedIdp,
  { told = {}, params = {} }: { told?: Partial<Said>; params?: Readonly<Record<string, string>> } = {},
) {
  const asked = await depart(browser, app, idp, params);
  const page = await arrive(browser, idp, asked, honest(saying(idp, asked, told), idp.by));
  return app.finish(page, asked.begun);
}

export async function inflated(text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
