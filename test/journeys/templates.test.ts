/** Each ready template, filled in as its questions ask, at the provider that it is for: a person signs in, and others do not. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { type Answers, presetOf } from "../../src/connectors/templates/preset.ts";
import { TEMPLATES } from "../../src/connectors/templates/index.ts";
import { must } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { told } from "../raw.ts";
import { asked } from "../seen.ts";
import { makeWorld, UPSTREAM_SECRET, type World } from "../world.ts";

const CONTOSO = "11111111-1111-1111-1111-111111111111";
const FABRIKAM = "22222222-2222-2222-2222-222222222222";
const EVIL = "66666666-6666-6666-6666-666666666666";
const entra = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app");
  await world.put("claims/id_token-groups", {
    name: "groups",
    type: "id_token",
    source_path: "groups",
    scopes: ["profile"],
  });
});

/** A connection of this name by a template. @param client_id what the provider knows us by */
async function connect(name: string, id: string, answers: Answers, client_id = "app") {
  const template = TEMPLATES.find((known) => known.id === id)!;
  const { method, attributes, mappings } = template;
  await world.put(`connections/${name}`, {
    name: template.name,
    method,
    template: id,
    settings: { ...presetOf(template, answers), client_id },
    credentials: { client_secret: UPSTREAM_SECRET },
    ...(attributes && { attributes }),
    ...(mappings && { mappings }),
  });
}

async function arrive(idp_hint: string, claims: Record<string, unknown>) {
  const browser = new Browser("ada");
  browser.person.claims = claims;
  const begun = await app.begin({ idp_hint, scope: "openid profile email" });
  return { begun, page: await browser.open(begun.url) };
}

/** @returns claims of the ID token, and the issuer that the person's account is of */
async function signIn(connection: string, claims: Record<string, unknown> = {}) {
  const { begun, page } = await arrive(connection, claims);
  const got = decodeJwt((await app.finish(page, begun)).id_token ?? "");
  const { sub = "" } = got;
  // On the way to the directory.
  await runDurableObjectAlarm(env.SUBJECT.getByName(`${world.id}/${sub}`));
  const { issuer } = await must("GET", `workspaces/${world.id}/subjects/${sub}`);
  return { claims: got, issuer };
}

interface Template {
  readonly answers: Answers;
  readonly client_id?: string;
  /** What the provider says of the person. */
  readonly says?: Record<string, unknown>;
  readonly issuer: string;
  readonly groups?: readonly string[];
}

const WAYS: Readonly<Record<string, Template>> = {
  "entra-id": {
    answers: { tenant: CONTOSO },
    says: { tid: CONTOSO, oid: "o1", groups: ["staff"] },
    issuer: entra(CONTOSO),
    groups: ["staff"],
  },
  google: { answers: {}, issuer: "https://accounts.google.com" },
  okta: {
    answers: { domain: "dev-123456.okta.com" },
    says: { groups: ["Everyone"] },
    issuer: "https://dev-123456.okta.com",
    groups: ["Everyone"],
  },
  auth0: {
    answers: { domain: "example.eu.auth0.com" },
    client_id: "post",
    issuer: "https://example.eu.auth0.com/",
  },
  keycloak: {
    answers: { server: "https://sso.example.com", realm: "customers" },
    client_id: "app.jwt-access",
    issuer: "https://sso.example.com/realms/customers",
    groups: ["admin"],
  },
};

it.each(Object.entries(WAYS))("%s", async (id, { answers, client_id, says, issuer, groups }) => {
  await connect(id, id, answers, client_id);
  const found = await signIn(id, says);
  expect(found.issuer).toBe(issuer);
  expect(found.claims).toMatchObject({
    idp: id,
    idp_method: "oidc",
    idp_sub: "sub-of-ada",
    name: "Ada Lovelace",
    email: "ada@example.com",
    ...(groups && { groups }),
  });
});

it("every other template has a sign-in of its own in another file", () => {
  const others = TEMPLATES.map(({ id }) => id).filter((id) => !Object.hasOwn(WAYS, id));
  expect(others).toEqual(["cognito", "github", "oidc", "oauth2", "saml"]);
});

describe("Microsoft Entra ID", () => {
  beforeAll(() => connect("several", "entra-id", { tenant: "organizations", tenants: [CONTOSO, FABRIKAM] }));

  it("with several tenants: people of each come in, and their accounts are of the real tenant's issuer", async () => {
    const [one, other] = [
      await signIn("several", { tid: CONTOSO }),
      await signIn("several", { tid: FABRIKAM }),
    ];
    expect([one.issuer, other.issuer]).toEqual([entra(CONTOSO), entra(FABRIKAM)]);
    expect(one.claims["idp_sub"]).toBe(other.claims["idp_sub"]);
    expect(one.claims.sub).not.toBe(other.claims.sub);
  });

  it.each<[string, object, boolean | undefined]>([
    ["is not verified because the tenant says so (nOAuth)", { email_verified: true }, undefined],
    ["is verified where Microsoft knows the owner of its domain", { xms_edov: true }, true],
    ["is verified, in other letters", { xms_edov: "1" }, true],
    ["is not verified where Microsoft knows that the domain is another's", { xms_edov: false }, false],
  ])("an address %s", async (_, says, verified) => {
    const { claims } = await signIn("entra-id", { tid: CONTOSO, ...says });
    expect(claims).toMatchObject({ email: "ada@example.com" });
    expect(claims["email_verified"]).toBe(verified);
  });

  it.each([
    ["with several tenants", "several"],
    ["with one tenant", "entra-id"],
  ])("%s: people of a tenant that is not named do not", async (_, connection) => {
    expect(told((await arrive(connection, { tid: EVIL })).page)).toMatchObject({
      error: "access_denied",
      error_description: "the identity provider's answer was not accepted",
    });
  });
});

describe("Google with a hosted domain", () => {
  beforeAll(() => connect("workspace", "google", { domain: "example.com" }));

  it("asks for it, and lets its people in", async () => {
    expect((await signIn("workspace", { hd: "example.com" })).issuer).toBe("https://accounts.google.com");
    const request = (await asked("accounts.google.com", "/authorize")).at(-1);
    expect(request?.params.get("hd")).toBe("example.com");
  });

  it.each<[string, object]>([
    ["a personal account, which has no hd", {}],
    ["an account of another domain", { hd: "evil.example" }],
  ])("%s does not come in, although only the claim tells", async (_, claims) => {
    expect(told((await arrive("workspace", { ...claims })).page)).toMatchObject({
      error: "access_denied",
      error_description: "the person may not sign in here with this account",
    });
  });
});
