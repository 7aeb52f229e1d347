/** How often a SAML provider's metadata are read, and how long they are believed (SAML Metadata §2.3.2). */
import { describe, expect, it } from "vitest";
import { providerOf } from "../../src/connectors/saml/provider.ts";
import { Settings } from "../../src/connectors/saml/settings.ts";
import { keyOf } from "../saml/keys.ts";
import { bareOf } from "../saml/pem.ts";
import { random } from "../world.ts";

const START = 1_800_000_000;

/** @param root attributes of the document */
async function provider(root: string) {
  const { certificate } = await keyOf("provider");
  const state = { now: START, asked: 0, root };
  const settings = Settings.parse({ metadata_url: `https://${random()}.example.com/metadata` });
  const tools = {
    now: () => state.now,
    readBefore: async () => undefined,
    fetch: async () => {
      state.asked++;
      return new Response(
        `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp" ${state.root}><IDPSSODescriptor><KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${bareOf(certificate)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.org/sso"/></IDPSSODescriptor></EntityDescriptor>`,
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
