/** Providers that we did not write: what they make is accepted signed and encrypted, and refused unsigned. */
import { X509Certificate } from "node:crypto";
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

/** How samlp encrypts for somebody. */
const encrypting = ({ certificate }: Named, content = "aes256-gcm") => ({
  encryptionCert: certificate,
  encryptionPublicKey: String(
    new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" }),
  ),
  encryptionAlgorithm: `http://www.w3.org/200${content === "aes256-gcm" ? "9/xmlenc11" : "1/04/xmlenc"}#${content}`,
  disallowEncryptionWithInsecureAlgorithm: false,
});

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
    ["an encrypted assertion", "samlp", () => ({ options: encrypting(ours) })],
    [
      "an encrypted assertion that is not signed, in a signed response",
      "samlp",
      () => ({ options: { ...encrypting(ours), signAssertion: false, signResponse: true } }),
    ],
    [
      "an assertion encrypted with CBC, which the operator allowed",
      "samlp",
      () => ({ options: encrypting(ours, "aes256-cbc") }),
    ],
    ["a signed assertion", "samlify", () => ({ signs: "assertion" })],
    ["a signed response", "samlify", () => ({ signs: "response" })],
    ["both signed", "samlify", () => ({ signs: "both" })],
    ["an encrypted assertion", "samlify", () => ({ signs: "assertion", encrypts: true })],
    ["an encrypted assertion in a signed response", "samlify", () => ({ signs: "both", encrypts: true })],
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
    ["encrypted and not signed", "samlp", () => ({ options: { ...encrypting(ours), signAssertion: false } })],
    ["encrypted for another key", "samlp", () => ({ options: encrypting(idp.by) })],
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
