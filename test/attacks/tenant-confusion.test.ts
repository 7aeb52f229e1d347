/** Microsoft Entra ID for several tenants: whoever makes a tenant is not let in, and is nobody of another one (threats 1, 9). */
import { beforeAll, describe, expect, it } from "vitest";
import { api, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { told } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

const CONTOSO = "11111111-1111-1111-1111-111111111111";
const FABRIKAM = "22222222-2222-2222-2222-222222222222";
const EVIL = "66666666-6666-6666-6666-666666666666";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app");
  await connect("entra", "tenants-0entra", [CONTOSO, FABRIKAM]);
  await connect("othertenant", "tenants-tenantkey-0entra", [CONTOSO]);
});

async function connect(id: string, host: string, tenants: string[]) {
  await world.oidc(id, {
    settings: { issuer_url: `https://${host}.op.example.com/organizations/v2.0`, tenants },
  });
}

async function arrive(idp_hint: string, claims: Record<string, unknown>) {
  const browser = new Browser("ada");
  browser.person.claims = claims;
  const begun = await app.begin({ idp_hint });
  return { begun, page: await browser.open(begun.url) };
}

const REFUSED = {
  error: "access_denied",
  error_description: "the identity provider's answer was not accepted",
};

it("people of the listed tenants come in, and the same upstream subject in two tenants is two people", async () => {
  const subjects = [];
  for (const tid of [CONTOSO, FABRIKAM]) {
    const { begun, page } = await arrive("entra", { tid });
    const { access_token } = await app.finish(page, begun);
    subjects.push((await app.userinfo(access_token)).sub);
  }
  expect(subjects[0]).not.toBe(subjects[1]);
});

it.each<[string, Record<string, unknown>]>([
  ["of a tenant that is not listed", { tid: EVIL }],
  ["that has no tenant", {}],
  ["whose tenant is the placeholder itself", { tid: "{tenantid}" }],
  ["whose tenant is written in other letters", { tid: CONTOSO.toUpperCase().replaceAll("1", "１") }],
])("a token %s is refused", async (_, claims) => {
  expect(told((await arrive("entra", claims)).page)).toMatchObject(REFUSED);
});

it.each([
  ["issuer", "wrong-issuer"],
  ["tid", "wrong-tid"],
] as const)("a token whose %s alone is another's is refused", async (_, fault) => {
  await world.oidc("mixed", {
    faults: [fault],
    settings: {
      issuer_url: "https://tenants-0mixed.op.example.com/organizations/v2.0",
      tenants: [CONTOSO],
    },
  });
  expect(told((await arrive("mixed", { tid: CONTOSO })).page)).toMatchObject(REFUSED);
});

it("a key that says it belongs to another tenant signs for nobody else", async () => {
  expect(told((await arrive("othertenant", { tid: CONTOSO })).page)).toMatchObject(REFUSED);
});

describe("an issuer of several tenants", () => {
  const put = (settings: object) =>
    api("PUT", `workspaces/${world.id}/connections/new`, {
      name: "X",
      method: "oidc",
      settings: { client_id: "app", ...settings },
      credentials: { client_secret: "x" },
    });

  it("without a list lets nobody in: its discovery document has another name", async () => {
    await connect("unlisted", "tenants-0unlisted", []);
    expect(told((await arrive("unlisted", { tid: CONTOSO })).page)).toMatchObject({ error: "server_error" });
  });

  it("has tenants by their ids only", async () => {
    const answer = await put({
      issuer_url: "https://login.microsoftonline.com/common/v2.0",
      tenants: ["contoso.com"],
    });
    expect(problem(answer)).toEqual([422, "the record is not valid", "settings.tenants.0"]);
  });

  it("is an address", async () => {
    const answer = await put({ issuer_url: "organizations", tenants: [CONTOSO] });
    expect(problem(answer)[0]).toBe(422);
  });

  it("is the only one with tenants", async () => {
    const answer = await put({ issuer_url: "https://login.example.com", tenants: [CONTOSO] });
    expect(problem(answer)).toEqual([422, "the record is not valid", "settings.tenants"]);
  });
});
