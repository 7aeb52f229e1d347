/**
 * Providers that we did not write: every way to sign and to encrypt, by each of two. What is signed is accepted, encrypted or
 * not; what is not, or not by the provider, is refused.
 */
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
const lines: string[] = [];

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

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation((line: unknown) => void lines.push(String(line)));
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

/** What is said, by each of them. */
interface Row {
  readonly samlp: () => How;
  readonly samlify: () => How;
}
const SHA1 = "http://www.w3.org/2000/09/xmldsig#";
const FAILED = "encryption: the assertion could not be decrypted";
const UNSIGNED = "signature: neither the response nor the assertion is signed";

const ACCEPTED: Readonly<Record<string, Row>> = {
  "a signed assertion": { samlp: () => ({}), samlify: () => ({ signs: "assertion" }) },
  "a signed response": {
    samlp: () => ({ options: { signAssertion: false, signResponse: true } }),
    samlify: () => ({ signs: "response" }),
  },
  "both signed": {
    samlp: () => ({ options: { signResponse: true } }),
    samlify: () => ({ signs: "both" }),
  },
  "a signed assertion, encrypted": {
    samlp: () => ({ options: encrypting(ours) }),
    samlify: () => ({ signs: "assertion", encrypts: true }),
  },
  "an assertion that is not signed, encrypted in a signed response": {
    samlp: () => ({ options: { ...encrypting(ours), signAssertion: false, signResponse: true } }),
    samlify: () => ({ signs: "response", encrypts: true }),
  },
  "a signed assertion, encrypted in a signed response": {
    samlp: () => ({ options: { ...encrypting(ours), signResponse: true } }),
    samlify: () => ({ signs: "both", encrypts: true }),
  },
};

const REFUSED: Readonly<Record<string, Row & { readonly reason: string }>> = {
  "nothing signed": {
    samlp: () => ({ options: { signAssertion: false } }),
    samlify: () => ({ signs: "nothing" }),
    reason: UNSIGNED,
  },
  "nothing signed, encrypted": {
    samlp: () => ({ options: { ...encrypting(ours), signAssertion: false } }),
    samlify: () => ({ signs: "nothing", encrypts: true }),
    reason: UNSIGNED,
  },
  "signed by another key": {
    samlp: () => ({ by: ours }),
    samlify: () => ({ signs: "assertion", by: ours }),
    reason: "signature: the signature is not valid",
  },
  "signed, and encrypted for another key": {
    samlp: () => ({ options: encrypting(idp.by) }),
    samlify: () => ({ signs: "assertion", encrypts: true, encrypts_for: idp.by.certificate }),
    reason: FAILED,
  },
  "signed with SHA-1, which nobody allowed": {
    samlp: () => ({ options: { signatureAlgorithm: "rsa-sha1", digestAlgorithm: "sha1" } }),
    samlify: () => ({ signs: "assertion", algorithm: `${SHA1}rsa-sha1` }),
    reason: `signature: the signature is not valid: hash algorithm '${SHA1}sha1' is not supported`,
  },
};

describe.each(["samlp", "samlify"] as const)("%s", (writer) => {
  it.each(Object.entries(ACCEPTED))("is accepted: %s", async (_, row) => signsIn(writer, row[writer]()));

  it.each(Object.entries(REFUSED))("is refused: %s", async (_, row) => {
    const { page } = await answered(writer, row[writer]());
    expect(told(page)).toMatchObject({
      error: "access_denied",
      error_description: "the identity provider's answer was not accepted",
    });
    const { reason } = JSON.parse(lines.at(-1) ?? "{}") as { reason?: string };
    expect(reason?.slice(0, row.reason.length)).toBe(row.reason);
  });
});

it("is accepted of samlp: an assertion encrypted with CBC, which the operator allowed", () =>
  signsIn("samlp", { options: encrypting(ours, "aes256-cbc") }));

async function answered(writer: string, how: How) {
  const browser = new Browser("ada", via);
  const asked = await depart(browser, app, idp, { scope: "openid profile email" });
  const page = await arrive(browser, idp, asked, await written(writer, asked, how));
  return { page, asked };
}

async function signsIn(writer: string, how: How) {
  const { page, asked } = await answered(writer, how);
  const { id_token } = await app.finish(page, asked.begun);
  expect(decodeJwt(id_token ?? "")).toMatchObject({
    email: "ada@example.com",
    given_name: "Ada",
    idp_sub: "ada",
  });
}
