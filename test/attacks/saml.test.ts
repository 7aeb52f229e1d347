/**
 * SAML messages that must not be believed (threats 10–15): each is posted by the browser that waits for an answer, is refused
 * with the one public sentence and its own reason in the log and the audit, and signs nobody in. Beside them stand their honest
 * neighbours, which are accepted.
 */
import { decodeJwt } from "jose";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readCertificate } from "../../src/saml/certificate.ts";
import { NS } from "../../src/saml/names.ts";
import { readPosted } from "../../src/saml/posted.ts";
import { verified } from "../../src/saml/signature.ts";
import { children, parse } from "../../src/saml/tree.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { told } from "../raw.ts";
import { conditionsOf } from "../saml/fixtures/invalid/conditions.ts";
import { encryption } from "../saml/fixtures/invalid/encryption.ts";
import { signatures } from "../saml/fixtures/invalid/signatures.ts";
import { text } from "../saml/fixtures/invalid/text.ts";
import { wrapping } from "../saml/fixtures/invalid/wrapping.ts";
import type { Scene } from "../saml/fixtures/scene.ts";
import * as valid from "../saml/fixtures/valid/index.ts";
import { assertion, attribute, OK, PASSWORD, response, signed } from "../saml/forge.ts";
import { arrive, type Asked, depart, type ForgedIdp, forgedIdp, saying } from "../saml/forged-idp.ts";
import { ellipticKeyOf, keyOf, type Named } from "../saml/keys.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
const lines: string[] = [];
let world: World;
let app: RelyingParty;
let idp: ForgedIdp;
let elliptic: Named;

beforeAll(async () => {
  world = await makeWorld();
  elliptic = await ellipticKeyOf("elliptic");
  const certificates = [(await keyOf("provider")).certificate, elliptic.certificate];
  idp = await forgedIdp(world, "saml", {
    settings: { authn_contexts: [PASSWORD], idp_certificates: certificates },
    credentials: { decryption_key: (await keyOf("ours")).key },
  });
  app = await world.client("app", { via });
});

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation((line: unknown) => void lines.push(String(line)));
});

const DISTRUSTED = {
  error: "access_denied",
  error_description: "the identity provider's answer was not accepted",
};

async function scene(asked: Asked): Promise<Scene> {
  const [mallory, ours] = await Promise.all([keyOf("mallory"), keyOf("ours")]);
  return { said: saying(idp, asked), by: idp.by, elliptic, mallory, ours };
}

async function isRefused(browser: Browser, asked: Asked, document: string, reason: string) {
  lines.splice(0);
  calls.splice(0);
  const page = await arrive(browser, idp, asked, document);
  expect(told(page)).toEqual({ ...DISTRUSTED, state: asked.begun.state, iss: world.issuer });
  const event = JSON.parse(lines.at(-1) ?? "{}") as { reason?: string };
  expect(event).toMatchObject({ type: "refused", where: "callback", connection: "saml" });
  expect(event.reason?.slice(0, reason.length)).toBe(reason);
  expect(calls.filter((call) => call.startsWith("SUBJECT"))).toEqual([]);
  expect(browser.jar.names()).toEqual([]);
}

describe.each(Object.entries(valid))("what has to be accepted, of %s:", (_, fixtures) => {
  it.each(Object.entries(fixtures))("%s", async (_name, forge) => {
    const browser = new Browser("ada", via);
    const asked = await depart(browser, app, idp);
    const page = await arrive(browser, idp, asked, await forge(await scene(asked)));
    const { id_token } = await app.finish(page, asked.begun);
    expect(decodeJwt(id_token ?? "")).toMatchObject({ idp_sub: "ada", acr: PASSWORD });
  });
});

describe.each(Object.entries({ wrapping, text, signatures, encryption, conditions: conditionsOf }))(
  "%s:",
  (_, fixtures) => {
    it.each(Object.entries(fixtures))("%s", async (_name, { reason, forge }) => {
      const browser = new Browser("ada", via);
      const asked = await depart(browser, app, idp);
      await isRefused(browser, asked, await forge(await scene(asked)), reason);
    });
  },
);

it.each([
  ["no base64", "%%%"],
  ["no UTF-8", btoa("<x>\xFF</x>")],
])("a message that is %s is refused, and not read as something like it", (_, message) => {
  expect(() => readPosted(message)).toThrow("the message is not UTF-8 in base64");
});

it("what is read is what was signed, read anew, and nothing that stands around it (node-saml CVE-2025-54419)", async () => {
  const { said, by } = await scene({ id: "_r" } as Asked);
  const document = signed(response(said, assertion(said)), said.response_id, { by });
  const owner = parse(document);
  const [signature] = children(owner, NS.signature, "Signature");
  const key = readCertificate(by.certificate)?.key;
  const proven = verified(document, owner, signature!, { keys: [key!], weak: [] });
  expect(proven).not.toBe(owner);
  expect(children(proven, NS.signature, "Signature")).toEqual([]);
  expect(children(proven, NS.assertion, "Assertion")).toHaveLength(1);
});

it("attributes that stand beside what was signed are nobody's (attribute smuggling, passport-wsfed-saml2 CVE-2025-46573)", async () => {
  const browser = new Browser("ada", via);
  const asked = await depart(browser, app, idp, { scope: "openid email" });
  const { said, by } = await scene(asked);
  const smuggled = `<saml:AttributeStatement>${attribute("mail", "admin@example.com")}</saml:AttributeStatement>`;
  const around = `<samlp:Extensions>${smuggled}</samlp:Extensions>${OK}${smuggled}`;
  const document = response(said, signed(assertion(said), said.assertion_id, { by }), around);
  const { access_token } = await app.finish(await arrive(browser, idp, asked, document), asked.begun);
  expect(await app.userinfo(access_token)).toMatchObject({ email: "ada@example.com" });
});
