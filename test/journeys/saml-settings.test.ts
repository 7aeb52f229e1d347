/** What an operator can say about a SAML provider, and what follows from each of it. */
import { createPublicKey, verify, X509Certificate } from "node:crypto";
import { decodeJwt } from "jose";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { api, must } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { HOUR, now, pass } from "../clock.ts";
import { told } from "../raw.ts";
import { encrypted, nameEncrypted } from "../saml/encrypt.ts";
import { assertion, attribute, honest, PASSWORD, response, signed } from "../saml/forge.ts";
import { arrive, depart, type ForgedIdp, forgedIdp, saying, signIn } from "../saml/forged-idp.ts";
import { keyOf, type Named } from "../saml/keys.ts";
import { bareOf } from "../saml/pem.ts";
import { exported, type KeyPair, pem, selfSigned } from "../saml/self-signed.ts";
import { makeWorld, type World } from "../world.ts";

const { via } = counting();
let world: World;
let app: RelyingParty;
let [by, ours, next]: Named[] = [];
const lines: string[] = [];

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app", { via });
  [by, ours, next] = await Promise.all(["provider", "ours", "next"].map((name) => keyOf(name)));
});

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation((line: unknown) => void lines.push(String(line)));
});

const person = () => new Browser("ada", via);
const why = () => (JSON.parse(lines.at(-1) ?? "{}") as { reason?: string }).reason;
const subject = async (idp: ForgedIdp, told: object) =>
  decodeJwt((await signIn(person(), app, idp, { told })).id_token ?? "")["idp_sub"];
const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

function metadata(
  entity: string,
  certificates: readonly string[],
  { role = "", root = "", sso = REDIRECT } = {},
) {
  const keys = certificates.map(
    (pem) =>
      `<KeyDescriptor><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${bareOf(pem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`,
  );
  return `<?xml version="1.0"?>\n<!-- by hand -->\n<!-- and <again> -->\n<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entity}"${root}><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"${role}>${keys.join("")}<SingleSignOnService Binding="${sso}" Location="https://idp.example.org/sso"/></IDPSSODescriptor></EntityDescriptor>`;
}
const BY_METADATA = { idp_entity_id: undefined, sso_url: undefined, idp_certificates: undefined };
const publish = (name: string, body: string) =>
  fetch(`https://keys.example.com/${name}`, { method: "PUT", body });

describe("who a person is", () => {
  it("is an attribute where the operator says so, by Name or FriendlyName", async () => {
    const settings = { identifier_source: "attribute", identifier_attribute: "employee" };
    const idp = await forgedIdp(world, "by-attribute", { settings });
    expect(await subject(idp, { attributes: attribute("employee", "1815") })).toBe("1815");
    const friendly = attribute("urn:oid:1.2.3", "1816").replace(
      "<saml:Attribute ",
      '$&FriendlyName="employee" ',
    );
    expect(await subject(idp, { attributes: friendly })).toBe("1816");
    const neither = "subject: the identifier attribute has no value or several";
    for (const [attributes, reason] of [
      [attribute("employee", "1", "2"), neither],
      [attribute("employee", ""), neither],
      [attribute("employee"), neither],
      [attribute("mail", "ada@example.com"), neither],
      [
        `<saml:EncryptedAttribute/>`,
        "subject: the identifier attribute is missing, and an attribute alone is encrypted, which is not read: let the provider encrypt the assertion",
      ],
    ] as const) {
      const ada = person();
      const asked = await depart(ada, app, idp);
      lines.splice(0);
      await arrive(ada, idp, asked, honest(saying(idp, asked, { attributes }), idp.by));
      expect(why()).toBe(reason);
    }
  });

  it("may be an attribute where the NameID alone is encrypted, which is not read", async () => {
    const settings = { identifier_source: "attribute", identifier_attribute: "mail" };
    const idp = await forgedIdp(world, "name-encrypted", { settings });
    const ada = person();
    const asked = await depart(ada, app, idp);
    const said = saying(idp, asked);
    const document = signed(nameEncrypted(assertion(said), ours!), said.assertion_id, { by: idp.by });
    const { id_token = "" } = await app.finish(
      await arrive(ada, idp, asked, response(said, document)),
      asked.begun,
    );
    expect(decodeJwt(id_token)["idp_sub"]).toBe("ada@example.com");
  });

  it("is told apart by qualifiers that are not the two parties' (SAML Core §8.3.7)", async () => {
    const idp = await forgedIdp(world, "qualified");
    const own = ` NameQualifier="${idp.entity_id}" SPNameQualifier="${idp.audience}"`;
    expect(await subject(idp, { qualifiers: own })).toBe("ada");
    expect(await subject(idp, { qualifiers: ' NameQualifier="urn:other"' })).toBe('["ada","urn:other",""]');
  });

  it("may be of any format where none is wanted, but not transient", async () => {
    const idp = await forgedIdp(world, "any-format", { settings: { subject_name_id_format: "unspecified" } });
    expect(await subject(idp, { format: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress" })).toBe(
      "ada",
    );
    const transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
    await expect(subject(idp, { format: transient })).rejects.toThrow();
    expect(why()).toBe("subject: the NameID has another format than the connection's");
  });
});

describe("attributes", () => {
  it("have one value or several, and types that the operator says", async () => {
    const attributes = [
      { source: "assertion", name: "groups", type: "string_array" },
      { source: "assertion", name: "verified", type: "bool" },
      { source: "assertion", name: "several", type: "string" },
    ];
    const mappings = [
      { source: "assertion.groups", target: "groups", type: "string_array" },
      { source: "assertion.verified", target: "email_verified", type: "bool" },
      { source: "assertion.several", target: "nickname", type: "string" },
    ];
    const idp = await forgedIdp(world, "typed", { attributes, mappings });
    await world.put("claims/id_token-groups", {
      name: "groups",
      type: "id_token",
      source_path: "groups",
      scopes: ["openid"],
    });
    const claims = async (groups: string[]) => {
      const all =
        attribute("groups", ...groups) + attribute("verified", "true") + attribute("several", "a", "b");
      const tokens = await signIn(person(), app, idp, {
        told: { attributes: all },
        params: { scope: "openid email profile" },
      });
      return decodeJwt(tokens.id_token ?? "");
    };
    expect(await claims(["staff"])).toMatchObject({ groups: ["staff"], email_verified: true });
    expect(await claims(["staff", "board"])).toMatchObject({ groups: ["staff", "board"] });
    expect(await claims(["staff"])).not.toHaveProperty("nickname");
  });
});

describe("an attribute", () => {
  const says = async (id: string, attributes: string) => {
    const settings = { identifier_source: "attribute", identifier_attribute: "employee" };
    const idp = await forgedIdp(world, id, { settings });
    return subject(idp, { attributes });
  };

  it("is the number or the truth that its text says, and left out where it says none (xs:decimal, xs:boolean)", async () => {
    const type = (name: string, of: string) => ({ source: "assertion", name, type: of });
    const idp = await forgedIdp(world, "numbers", {
      attributes: [type("age", "number"), type("given", "bool")],
      mappings: [
        { source: "assertion.age", target: "nickname", type: "string", allow_weak_decoding: true },
        { source: "assertion.given", target: "email_verified", type: "bool" },
      ],
    });
    const claims = async (attributes: string) => {
      const { id_token = "" } = await signIn(person(), app, idp, {
        told: { attributes },
        params: { scope: "openid email profile" },
      });
      return decodeJwt(id_token);
    };
    expect(await claims(attribute("age", " 12.50 ") + attribute("given", "1"))).toMatchObject({
      nickname: "12.5",
      email_verified: true,
    });
    const none = await claims(attribute("age", "twelve") + attribute("given", "yes"));
    expect([none["nickname"], none["email_verified"]]).toEqual([undefined, undefined]);
    expect(await claims(attribute("age"))).not.toHaveProperty("nickname");
  });

  it("is never another one that only calls itself so (FriendlyName)", async () => {
    const admin = attribute("urn:x", "admin").replace("<saml:Attribute ", '$&FriendlyName="employee" ');
    expect(await says("friendly-first", admin + attribute("employee", "1815"))).toBe("1815");
    expect(await says("friendly-last", attribute("employee", "1815") + admin)).toBe("1815");
  });

  it("that is nil has no value, and a NameID in it is its text (SAML Core §2.7.3.1)", async () => {
    const nil = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"`;
    const values = `<saml:AttributeValue ${nil}/><saml:AttributeValue><saml:NameID>1815</saml:NameID></saml:AttributeValue>`;
    expect(await says("nil", `<saml:Attribute Name="employee">${values}</saml:Attribute>`)).toBe("1815");
  });
});

describe("requests", () => {
  it("are signed where there is a key: the query by redirect (SAML Bindings §3.4.4.1)", async () => {
    const idp = await forgedIdp(world, "signs", { credentials: { signing_key: ours!.key } });
    const { url } = await depart(person(), app, idp);
    const [, text = "", signature = ""] =
      /\?(SAMLRequest=.*&RelayState=.*&SigAlg=.*)&Signature=(.*)$/.exec(url.href) ?? [];
    const key = new X509Certificate(ours!.certificate).publicKey.export({ type: "spki", format: "pem" });
    const value = Buffer.from(decodeURIComponent(signature), "base64");
    expect(verify("sha256", Buffer.from(text), createPublicKey(String(key)), value)).toBe(true);
  });

  it("go by a form where the provider has nothing else, which works by a button", async () => {
    const settings = { sso_binding: "post" };
    const idp = await forgedIdp(world, "by-post", { settings, credentials: { signing_key: ours!.key } });
    const ada = person();
    const begun = await app.begin({ idp_hint: "by-post" });
    await ada.open(begun.url);
    expect(ada.title).toBe("Taking you to Connection by-post");
    expect(ada.page.headers.get("content-security-policy")).not.toContain("form-action");
    const { posted } = await ada.submit("continue");
    const xml = atob(posted?.get("SAMLRequest") ?? "");
    expect(xml).toMatch(/<saml:Issuer>[^<]*<\/saml:Issuer><ds:Signature /);
    const [, id = ""] = /\bID="([^"]*)"/.exec(xml) ?? [];
    const asked = { id, relay: posted?.get("RelayState") ?? "" };
    const page = await arrive(ada, idp, asked, honest(saying(idp, asked), idp.by));
    await app.finish(page, begun);
  });

  it.each(["redirect", "post"])(
    "are believed by a provider that takes none without a signature, by %s, and not once they were changed",
    async (sso_binding) => {
      const settings = { sso_binding, signing_cert: ours!.certificate };
      const credentials = { signing_key: ours!.key };
      const idp = await forgedIdp(world, `wants-${sso_binding}`, { settings, credentials });
      const ada = person();
      await ada.open((await app.begin({ idp_hint: idp.connection })).url);
      const sent = sso_binding === "post" ? (await ada.submit("continue")).posted : undefined;
      const query = sent ?? ada.page.url.searchParams;
      const metadata = await (await via(new Request(idp.audience))).text();
      const judged = async (changed: URLSearchParams) => {
        const asked = sent ? { form: changed.toString() } : { query: written(changed) };
        const body = JSON.stringify({ issuer: idp.entity_id, metadata, asked });
        const answer = await fetch("https://samlify-request.idp.example.com/", { method: "POST", body });
        return { status: answer.status, says: await answer.text() };
      };
      const { says } = await judged(query);
      expect(JSON.parse(says)).toMatchObject({ assertionConsumerServiceUrl: idp.acs });
      const other = new URLSearchParams(query);
      if (sent) other.set("SAMLRequest", btoa(atob(query.get("SAMLRequest") ?? "").replace("/acs", "/bad")));
      else other.set("RelayState", "another");
      expect((await judged(other)).status).toBe(400);
    },
  );

  /** In the order and the letters in which it is signed. */
  function written(query: URLSearchParams): string {
    return [...query].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  }

  it("ask for a fresh authentication where the app or the operator wants one", async () => {
    const idp = await forgedIdp(world, "fresh");
    expect((await depart(person(), app, idp)).xml).not.toContain("ForceAuthn");
    expect((await depart(person(), app, idp, { prompt: "login" })).xml).toContain('ForceAuthn="true"');
    const always = await forgedIdp(world, "always-fresh", { settings: { force_authn: true } });
    expect((await depart(person(), app, always)).xml).toContain('ForceAuthn="true"');
  });

  it("ask for the authentication contexts that the operator lists, narrowed by acr_values", async () => {
    const authn_contexts = [PASSWORD, "urn:mfa"];
    const idp = await forgedIdp(world, "contexts", { settings: { authn_contexts } });
    const of = (xml: string) =>
      [...xml.matchAll(/<saml:AuthnContextClassRef>([^<]*)</g)].map(([, one]) => one);
    expect(of((await depart(person(), app, idp)).xml)).toEqual(authn_contexts);
    expect(of((await depart(person(), app, idp, { acr_values: "urn:mfa urn:x" })).xml)).toEqual(["urn:mfa"]);
  });
});

describe("encrypted assertions", () => {
  it.each([
    ["RSA-OAEP and AES-GCM", {}, []],
    ["RSA 1.5, which the operator allowed", { transport: "rsa-1_5" }, ["rsa-1_5"]],
    ["AES-CBC, which the operator allowed", { content: "aes256-cbc" }, ["aes-cbc"]],
  ] as const)("are read: %s", async (name, how, allow) => {
    const id = `enc-${name
      .slice(4, 7)
      .toLowerCase()
      .replaceAll(/[^a-z]/g, "x")}`;
    const idp = await forgedIdp(world, id, {
      settings: { allow },
      credentials: { decryption_key: ours!.key },
    });
    const ada = person();
    const asked = await depart(ada, app, idp);
    const said = saying(idp, asked);
    const proven = signed(assertion(said), said.assertion_id, { by: idp.by });
    const document = response(said, encrypted(proven, { certificate: ours!.certificate, ...how }));
    await app.finish(await arrive(ada, idp, asked, document), asked.begun);
  });

  it.each([0, 17])("whose CBC padding says %d were not decrypted, whatever is in them", async (padding) => {
    const idp = await forgedIdp(world, `padding-${padding}`, {
      settings: { allow: ["aes-cbc"] },
      credentials: { decryption_key: ours!.key },
    });
    const ada = person();
    const asked = await depart(ada, app, idp);
    const said = saying(idp, asked);
    const how = { certificate: ours!.certificate, content: "aes256-cbc", padding } as const;
    await arrive(ada, idp, asked, response(said, encrypted(assertion(said), how)));
    expect(why()).toMatch(/^encryption: the assertion could not be decrypted/);
  });

  it("are refused where the connection has no key for them", async () => {
    const idp = await forgedIdp(world, "no-key");
    const ada = person();
    const asked = await depart(ada, app, idp);
    const said = saying(idp, asked);
    const proven = signed(assertion(said), said.assertion_id, { by: idp.by });
    const document = response(said, encrypted(proven, { certificate: ours!.certificate }));
    await arrive(ada, idp, asked, document);
    expect(why()).toBe("encryption: the assertion is encrypted and the connection has no key for it");
  });

  it("SHA-1 in signatures counts where the operator allowed it", async () => {
    const idp = await forgedIdp(world, "sha1", { settings: { allow: ["sha1"] } });
    const ada = person();
    const asked = await depart(ada, app, idp);
    const said = saying(idp, asked);
    const old = {
      method: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
      digest: "http://www.w3.org/2000/09/xmldsig#sha1",
    };
    const document = response(said, signed(assertion(said), said.assertion_id, { by: idp.by, ...old }));
    await app.finish(await arrive(ada, idp, asked, document), asked.begun);
  });
});

describe("metadata of the provider", () => {
  it("by address is read again by itself, so that certificates roll over", async () => {
    const idp = await forgedIdp(world, "by-url", {
      settings: { ...BY_METADATA, metadata_url: "https://keys.example.com/saml-by-url" },
    });
    await publish("saml-by-url", metadata(idp.entity_id, [by!.certificate]));
    expect(await subject(idp, {})).toBe("ada");
    await publish("saml-by-url", metadata(idp.entity_id, [next!.certificate, by!.certificate]));
    pass(HOUR + 1);
    expect(await subject({ ...idp, by: next! }, {})).toBe("ada");
    expect(await subject(idp, {})).toBe("ada");
    await publish("saml-by-url", metadata(idp.entity_id, [next!.certificate]));
    pass(HOUR + 1);
    await expect(subject(idp, {})).rejects.toThrow();
    expect(why()).toMatch(/^signature: the signature is not valid/);
  });

  it("as XML, with comments between its elements", async () => {
    const idp = await forgedIdp(world, "by-xml", {
      settings: {
        ...BY_METADATA,
        metadata_xml: metadata("https://idp.example.org/by-xml", [by!.certificate]),
      },
    });
    expect(await subject(idp, {})).toBe("ada");
  });

  it.each([
    ["over", { root: ` validUntil="${new Date(0).toISOString()}"` }, "the metadata is not valid any more"],
    [
      "without a sign-in URL",
      { sso: "urn:x" },
      "the metadata has no SingleSignOnService by redirect or POST",
    ],
  ])("that is %s is not used", async (name, how, says) => {
    const id = `bad-${name.slice(0, 4)}`;
    const metadata_xml = metadata(`https://idp.example.org/${id}`, [by!.certificate], how);
    await forgedIdp(world, id, { settings: { ...BY_METADATA, metadata_xml } });
    const page = await person().open((await app.begin({ idp_hint: id })).url);
    expect(told(page)).toMatchObject({
      error: "server_error",
      error_description: "the identity provider's answer could not be read",
    });
    expect(why()).toContain(says);
  });

  it("that send people to an address without https are not followed", async () => {
    const id = "plain-http";
    const metadata_xml = metadata(`https://idp.example.org/${id}`, [by!.certificate]).replace(
      "https://idp.example.org/sso",
      "http://idp.example.org/sso",
    );
    await forgedIdp(world, id, { settings: { ...BY_METADATA, metadata_xml } });
    const page = await person().open((await app.begin({ idp_hint: id })).url);
    expect(told(page)["error"]).toBe("server_error");
    expect(why()).toContain("the provider's sign-in URL is not an https URL");
  });

  it("is not fetched from a private address (GHSA-29jh-8cfq-rr8x)", async () => {
    for (const metadata_url of [
      "https://10.0.0.1/m",
      "https://idp.internal/m",
      "http://idp.example.org/m",
      "https://[fd00::1]/m",
    ]) {
      const settings = { metadata_url };
      const { status, body } = await api("PUT", `workspaces/${world.id}/connections/private`, {
        name: "P",
        method: "saml",
        settings,
      });
      expect([metadata_url, status]).toEqual([metadata_url, 422]);
      expect(JSON.stringify(body)).toContain("must be a public https URL");
    }
  });

  it("that wants signed requests needs a key of ours", async () => {
    const metadata_xml = metadata("https://idp.example.org/wants", [by!.certificate], {
      role: ' WantAuthnRequestsSigned="true"',
    });
    await forgedIdp(world, "wants", { settings: { ...BY_METADATA, metadata_xml } });
    await person().open((await app.begin({ idp_hint: "wants" })).url);
    expect(why()).toContain("the provider wants signed requests and the connection has no signing_key");
  });
});

describe("what we publish", () => {
  it("is our metadata at an address that never changes, with our certificates and no key", async () => {
    const settings = { signing_cert: ours!.certificate, encryption_cert: ours!.certificate };
    const credentials = { signing_key: ours!.key, decryption_key: ours!.key };
    const idp = await forgedIdp(world, "published", { settings, credentials, disabled: true });
    const answer = await via(new Request(idp.audience));
    expect(answer.headers.get("content-type")).toBe("application/samlmetadata+xml");
    const xml = await answer.text();
    expect(xml).toContain(`entityID="${idp.audience}"`);
    expect(xml).toContain(`Location="${idp.acs}"`);
    expect(xml.split(bareOf(ours!.certificate))).toHaveLength(3);
    expect(xml).not.toContain(bareOf(ours!.key).slice(0, 40));
  });

  it("is nothing for a connection that is no SAML connection, or is not there", async () => {
    await world.connection("pool");
    for (const id of ["pool", "none"])
      expect((await via(new Request(`${world.issuer}/saml/${id}/metadata`))).status).toBe(404);
  });

  it("is shown as the redirect URL of the connection", async () => {
    const idp = await forgedIdp(world, "shown");
    expect(await must("GET", `workspaces/${world.id}/connections/shown`)).toMatchObject({
      redirect_url: idp.acs,
    });
  });
});

it("a connection check shows until when the provider's certificates last", async () => {
  await forgedIdp(world, "checked");
  const record = await must("GET", `workspaces/${world.id}/connections/checked`);
  const { findings } = await must("POST", `workspaces/${world.id}/connections/checked/check`, record);
  expect(findings).toContainEqual(
    expect.objectContaining({
      of: "certificates",
      is: "good",
      says: "Signatures are believed of one certificate; they end on 2033-05-18.",
    }),
  );
});

it("a connection check says what keeps people out, whether it is saved or not", async () => {
  const faults = async (settings: object) => {
    const record = { name: "Unsaved", method: "saml", settings };
    const { findings } = await must("POST", `workspaces/${world.id}/connections/unsaved/check`, record);
    return (findings as unknown as { fault?: string }[]).flatMap(({ fault }) => fault ?? []);
  };
  const over = await keyOf("over", { until: now() - 1 });
  const xml = (certificate: string, role = "") => metadata("https://idp", [certificate], { role });
  expect(await faults({ metadata_xml: xml(over.certificate) })).toEqual(["certificate_over"]);
  const wants = xml(by!.certificate, ' WantAuthnRequestsSigned="true"');
  expect(await faults({ metadata_xml: wants })).toEqual(["secret_wrong"]);
  const plain = xml(by!.certificate).replace("https://idp.example.org/sso", "http://idp.example.org/sso");
  expect(await faults({ metadata_xml: plain })).toEqual(["sign_in_page_unreachable"]);
  expect(await faults({ metadata_xml: "<html/>" })).toEqual(["discovery_unusable"]);
});

it("a certificate whose key is too short makes nobody's signature count", async () => {
  const short = { name: "RSASSA-PKCS1-v1_5", publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" };
  const pair = (modulusLength: number) =>
    crypto.subtle.generateKey({ ...short, modulusLength }, true, ["sign", "verify"]) as Promise<KeyPair>;
  const [weak, signer] = await Promise.all([pair(1_024), pair(2_048)]);
  const certificate = await selfSigned({ publicKey: weak.publicKey, privateKey: signer.privateKey }, "weak");
  const key = pem("PRIVATE KEY", await exported(weak.privateKey, "pkcs8"));
  const idp = await forgedIdp(world, "short", { settings: { idp_certificates: [certificate] } });
  const ada = person();
  const asked = await depart(ada, app, idp);
  await arrive(ada, idp, asked, honest(saying(idp, asked), { key, certificate }));
  expect(why()).toBe("signature: the signature is not of the connection's provider");
});

describe("settings are refused", () => {
  const usual = async () => ({
    idp_entity_id: "https://idp",
    sso_url: "https://idp.example.org/sso",
    idp_certificates: [by!.certificate],
  });
  it.each<[string, object, string]>([
    ["no provider at all", { ...BY_METADATA }, "give metadata_url, or metadata_xml, or idp_entity_id"],
    [
      "two of them",
      { metadata_url: "https://idp.example.org/m" },
      "give metadata_url, or metadata_xml, or idp_entity_id",
    ],
    [
      "an address of metadata that is none",
      { ...BY_METADATA, metadata_url: "metadata" },
      "must be a public https URL",
    ],
    [
      "a sign-out URL beside metadata",
      { ...BY_METADATA, metadata_url: "https://idp.example.org/m", slo_url: "https://idp.example.org/slo" },
      "is in the metadata",
    ],
    ["half of one", { sso_url: undefined }, "is needed where there is no metadata"],
    [
      "a transient identifier",
      { subject_name_id_format: "transient" },
      "a transient NameID names nobody twice",
    ],
    ["an attribute that is not named", { identifier_source: "attribute" }, "names the attribute"],
    ["a certificate that is none", { idp_certificates: ["x"] }, "must be one certificate as PEM"],
    ["an algorithm that does not exist", { allow: ["md5"] }, "allow"],
    [
      "no check of InResponseTo",
      { skip_in_response_to_verification: true },
      "skip_in_response_to_verification",
    ],
  ])("%s", async (_, changed, says) => {
    const settings = { ...(await usual()), ...changed };
    const { status, body } = await api("PUT", `workspaces/${world.id}/connections/refused`, {
      name: "R",
      method: "saml",
      settings,
    });
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain(says);
  });

  it.each(["signing_key", "decryption_key"])("a %s that is none", async (name) => {
    const record = { name: "R", method: "saml", settings: await usual(), credentials: { [name]: "x" } };
    const { status, body } = await api("PUT", `workspaces/${world.id}/connections/refused`, record);
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain("must be an RSA key as PEM (PKCS#8)");
  });
});
