/** A person signs in at a SAML provider (SAML Profiles §4.1): what it is asked, and what its answer becomes. */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now } from "../clock.ts";
import { counting } from "../counting.ts";
import { told as toldTo } from "../raw.ts";
import { at, attribute, PASSWORD, response } from "../saml/forge.ts";
import { arrive, depart, type ForgedIdp, forgedIdp, saying, signIn } from "../saml/forged-idp.ts";
import { makeWorld, type World } from "../world.ts";

const { calls, via } = counting();
let world: World;
let app: RelyingParty;
let idp: ForgedIdp;

beforeAll(async () => {
  world = await makeWorld();
  idp = await forgedIdp(world, "saml");
  app = await world.client("app", { via });
});

const browser = () => new Browser("ada", via);

async function claims(...given: Parameters<typeof signIn>) {
  const { id_token } = await signIn(...given);
  return decodeJwt(id_token ?? "");
}

describe("the request", () => {
  it("is an AuthnRequest by redirect, named by the pending sign-in", async () => {
    const asked = await depart(browser(), app, idp);
    expect(asked.relay).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(asked.xml).toBe(
      `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${asked.id}" Version="2.0" IssueInstant="${at(now())}" Destination="https://idp.example.org/sso" AssertionConsumerServiceURL="${idp.acs}" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"><saml:Issuer>${idp.audience}</saml:Issuer><samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" AllowCreate="true"/></samlp:AuthnRequest>`,
    );
  });
});

describe("the answer", () => {
  it("signs the person in, with what the assertion says mapped to claims", async () => {
    const attributes = [
      attribute("urn:oid:2.5.4.42", "Ada"),
      attribute("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "Lovelace"),
      attribute("mail", "ada@example.com"),
    ].join("");
    const claimed = await claims(browser(), app, idp, {
      told: { attributes },
      params: { scope: "openid profile email" },
    });
    expect(claimed).toMatchObject({
      given_name: "Ada",
      family_name: "Lovelace",
      email: "ada@example.com",
      acr: PASSWORD,
      auth_time: now(),
      idp: "saml",
      idp_sub: "ada",
      idp_method: "saml",
    });
  });

  it("is about the same person whenever it comes", async () => {
    const first = await claims(browser(), app, idp);
    expect((await claims(browser(), app, idp)).sub).toBe(first.sub);
    expect((await claims(browser(), app, idp, { told: { name: "zoe" } })).sub).not.toBe(first.sub);
  });

  it("keeps the session of the browser, although the provider's form brings no such cookie", async () => {
    const ada = browser();
    const first = await claims(ada, app, idp);
    expect((await claims(ada, app, idp)).sid).toBe(first.sid);
  });

  it("costs one call more than another sign-in, for the assertion that is taken once", async () => {
    await signIn(browser(), app, idp);
    calls.splice(0);
    await signIn(browser(), app, idp);
    expect(calls).toEqual(["ONCE.add", "SUBJECT.signIn", "SUBJECT.redeem"]);
  });

  it("may say that something went wrong, and no more", async () => {
    const ada = browser();
    const asked = await depart(ada, app, idp);
    const status =
      '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/></samlp:Status>';
    const page = await arrive(ada, idp, asked, response(saying(idp, asked), "", status));
    expect(toldTo(page)).toMatchObject({
      error: "server_error",
      error_description: "the identity provider refused the request",
    });
  });

  it("may say that the person did not sign in", async () => {
    const ada = browser();
    const asked = await depart(ada, app, idp);
    const status =
      '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></samlp:StatusCode></samlp:Status>';
    const page = await arrive(ada, idp, asked, response(saying(idp, asked), "", status));
    expect(toldTo(page)).toMatchObject({
      error: "access_denied",
      error_description: "the person did not sign in at the identity provider",
    });
  });
});
