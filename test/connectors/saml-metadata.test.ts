/** How often a SAML provider's metadata are read, and how long they are believed (SAML Metadata §2.3.2). */
import { describe, expect, it } from "vitest";
import { providerOf } from "../../src/connectors/saml/provider.ts";
import { Settings } from "../../src/connectors/saml/settings.ts";
import { keyOf } from "../saml/keys.ts";
import { bareOf } from "../saml/pem.ts";
import { type KeyPair, selfSigned } from "../saml/self-signed.ts";
import { random } from "../world.ts";

const START = 1_800_000_000;

/** @param root attributes of the document */
async function provider(root: string) {
  const { certificate } = await keyOf("provider");
  const state = { now: START, asked: 0, root, status: 200, change: (document: string) => document };
  const settings = Settings.parse({ metadata_url: `https://${random()}.example.com/metadata` });
  const tools = {
    now: () => state.now,
    readBefore: async () => undefined,
    fetch: async () => {
      state.asked++;
      return new Response(
        state.change(
          `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp" ${state.root}><IDPSSODescriptor><KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${bareOf(certificate)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.org/sso"/></IDPSSODescriptor></EntityDescriptor>`,
        ),
        { status: state.status },
      );
    },
  };
  return { state, read: () => providerOf(settings, tools) };
}

describe("are read again", () => {
  it.each([
    ["after an hour, where they do not say", "", 3_600],
    ["after as long as they say", 'cacheDuration="PT20M"', 1_200],
    ["after five minutes, where they say less", 'cacheDuration="PT1S"', 300],
    ["after an hour, where they say more", 'cacheDuration="P30D"', 3_600],
    ["after an hour, where what they say is no length of time", 'cacheDuration="P1M"', 3_600],
    ["when they are over", `validUntil="${new Date((START + 60) * 1_000).toISOString()}"`, 60],
  ])("%s", async (_, root, after) => {
    const { state, read } = await provider(root);
    await read();
    state.now += after - 1;
    await read();
    expect(state.asked).toBe(1);
    state.now += 1;
    state.root = "";
    await read();
    expect(state.asked).toBe(2);
  });
});

it("that are over are not believed, although they were a moment ago, and although nothing else is to be had", async () => {
  const { state, read } = await provider(`validUntil="${new Date((START + 60) * 1_000).toISOString()}"`);
  await read();
  state.now += 60;
  await expect(read()).rejects.toThrow("the metadata is not valid any more");
  state.now += 1;
  await expect(read()).rejects.toThrow("the metadata is not valid any more");
});

describe("are refused", () => {
  const cases: [string, (document: string) => string, string][] = [
    ["that are very long", (document) => document + " ".repeat(250_000), "more than 250000 characters"],
    [
      "of many entities",
      (document) => document.replaceAll("EntityDescriptor", "EntitiesDescriptor"),
      "not of one entity",
    ],
    [
      "of no identity provider",
      (document) => document.replaceAll("IDPSSO", "SPSSO"),
      "of no identity provider",
    ],
    ["without a name", (document) => document.replace(/ entityID="[^"]*"/, ""), "names no entityID"],
    [
      "without a sign-in URL",
      (document) => document.replace("HTTP-Redirect", "SOAP"),
      "no SingleSignOnService",
    ],
    [
      "whose only key encrypts",
      (document) => document.replace("<KeyDescriptor", '$& use="encryption"'),
      "no signing certificate",
    ],
    [
      "whose certificate is none",
      (document) => document.replace(/(X509Certificate>)[^<]+/, "$1AAAA"),
      "no signing certificate",
    ],
    [
      "whose role is over",
      (document) => document.replace("<IDPSSODescriptor", '$& validUntil="2001-01-01T00:00:00Z"'),
      "not valid any more",
    ],
    [
      "whose end is no time",
      (document) => document.replace("<IDPSSODescriptor", '$& validUntil="soon"'),
      "not a time in UTC",
    ],
    ["with a DTD", (document) => `<!DOCTYPE x>${document}`, "a comment, a DTD or a CDATA section"],
    [
      "with a comment inside of a value",
      (document) => document.replace("X509Certificate>", "$&<!-- -->"),
      "a comment, a DTD",
    ],
  ];
  it.each(cases)("%s", async (_, change, says) => {
    const { state, read } = await provider("");
    state.change = change;
    await expect(read()).rejects.toThrow(says);
  });
});

describe("are refused whose key is", () => {
  const RSA = { name: "RSASSA-PKCS1-v1_5", publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" };
  const pair = (algorithm: object) =>
    crypto.subtle.generateKey(algorithm as never, true, [
      "sign",
      "verify",
    ]) as Promise<unknown> as Promise<KeyPair>;

  it.each([
    ["an RSA key that is too short", { ...RSA, modulusLength: 1_024 }],
    ["of a kind that no SAML signature is made with", { name: "Ed25519" }],
  ])("%s", async (_, algorithm) => {
    const [{ publicKey }, { privateKey }] = await Promise.all([
      pair(algorithm),
      pair({ ...RSA, modulusLength: 2_048 }),
    ]);
    const certificate = await selfSigned({ publicKey, privateKey }, "weak");
    const { state, read } = await provider("");
    state.change = (document) => document.replace(/(X509Certificate>)[^<]+/, `$1${bareOf(certificate)}`);
    await expect(read()).rejects.toThrow("no signing certificate");
  });
});

it("are refused that come with an error, whatever they say", async () => {
  const { state, read } = await provider("");
  state.status = 500;
  await expect(read()).rejects.toThrow("the metadata could not be read");
});

it("of a provider that takes requests by form only are enough", async () => {
  const { state, read } = await provider("");
  state.change = (document) => document.replace("HTTP-Redirect", "HTTP-POST");
  expect((await read()).sso).toEqual({ post: "https://idp.example.org/sso" });
});

it("say by their first address of a binding where browsers go", async () => {
  const { state, read } = await provider("");
  state.change = (document) =>
    document.replace(/<SingleSignOnService.*?\/>/, (first) => first + first.replace("/sso", "/other"));
  expect((await read()).sso).toEqual({ redirect: "https://idp.example.org/sso" });
});
