/** Providers that we did not write: what they make is accepted signed and encrypted, and refused unsigned. */
import { decodeJwt } from "jose";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now } from "../clock.ts";
import { counting } from "../counting.ts";
import { told } from "../raw.ts";
import { arrive, type Asked, depart, type ForgedIdp, forgedIdp } from "../saml/forged-idp.ts";
import { keyOf, type Named } from "../saml/keys.ts";
import { makeWorld, type World } from "../world.ts";

const { via } = counting();
let world: World;
let app: RelyingParty;
let idp: ForgedIdp;
let ours: Named;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  ours = await keyOf("ours");
  world = await makeWorld();
  app = await world.client("app", { via });
  idp = await forgedIdp(world, "saml", {
    settings: { encryption_cert: ours.certificate, allow: ["aes-cbc"] },
    credentials: { decryption_key: ours.key },
  });
});

interface How {
  readonly options?: object;
  readonly [told: string]: unknown;
}

const ATTRIBUTES = { mail: "ada@example.com", given_name: "Ada", groups: ["staff", "engineering"] };

/** Seconds: samlp has a clock of its own, and the tests' may be days ahead. */
const LONG = 100 * 365 * 86_400;

async function written(writer: string, asked: Asked, { options, ...how }: How): Promise<string> {
  const metadata = await (await via(new Request(idp.audience))).text();
  const { entity_id: issuer, audience, acs, by } = idp;
  const common = { issuer, audience, acs, by, metadata, request: asked.id, now: now() };
  const body = JSON.stringify({
    ...common,
    name_id: "ada",
    attributes: ATTRIBUTES,
    ...how,
    options: { lifetimeInSeconds: LONG, ...options },
  });
  return (await fetch(`https://${writer}.idp.example.com/`, { method: "POST", body })).text();
}

async function answered(writer: string, how: How) {
  const browser = new Browser("ada", via);
  const asked = await depart(browser, app, idp, { scope: "openid profile email" });
  const page = await arrive(browser, idp, asked, await written(writer, asked, how));
  return { page, asked };
}

describe("is accepted:", () => {
  it.each<[string, string, () => How]>([
    ["a signed assertion", "samlp", () => ({})],
    ["a signed response", "samlp", () => ({ options: { signAssertion: false, signResponse: true } })],
    ["both signed", "samlp", () => ({ options: { signResponse: true } })],
    ["a signed assertion", "samlify", () => ({ signs: "assertion" })],
    ["an encrypted assertion", "samlify", () => ({ signs: "assertion", encrypts: true })],
  ])("%s by %s", async (_, writer, how) => {
    const { page, asked } = await answered(writer, how());
    const { id_token } = await app.finish(page, asked.begun);
    expect(decodeJwt(id_token ?? "")).toMatchObject({
      email: "ada@example.com",
      given_name: "Ada",
      idp_sub: "ada",
    });
  });
});

describe("is refused:", () => {
  beforeEach(() => void vi.spyOn(console, "log").mockImplementation(() => undefined));

  it.each<[string, string, () => How]>([
    ["nothing signed", "samlp", () => ({ options: { signAssertion: false } })],
    ["signed by another key", "samlp", () => ({ by: ours })],
    ["signed by another key", "samlify", () => ({ signs: "assertion", by: ours })],
    [
      "signed with SHA-1",
      "samlp",
      () => ({ options: { signatureAlgorithm: "rsa-sha1", digestAlgorithm: "sha1" } }),
    ],
  ])("%s by %s", async (_, writer, how) => {
    const { page } = await answered(writer, how());
    expect(told(page)).toMatchObject({
      error: "access_denied",
      error_description: "the identity provider's answer was not accepted",
    });
  });
});
