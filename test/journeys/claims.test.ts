/** From the provider's claims to ours: attributes, mappings, claims, scopes (design §1). */
import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeAll, expect, it } from "vitest";
import { api } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { settings: { get_user_info: true } });
  app = await world.client("app", { scope: "openid profile email phone groups" });
  await world.put("scopes/groups", {});
});

async function connection(changed: (record: Record<string, unknown[]>) => object, how: object = {}) {
  const id = crypto.randomUUID();
  await world.connection(id, { hidden: true, settings: { get_user_info: true }, ...how });
  const { body } = await api("GET", `workspaces/${world.id}/connections/${id}`);
  await world.patch(`connections/${id}`, changed(body as Record<string, unknown[]>));
  return id;
}

async function claimsOf(idp_hint: string, person: Browser, scope = "openid profile email groups") {
  const { id_token, access_token } = await app.signIn(person, { idp_hint, scope });
  return {
    id: decodeJwt(id_token!),
    access: decodeJwt(access_token),
    userinfo: await app.userinfo(access_token),
  };
}

it("a claim is released by its scope, and by no other", async () => {
  const { id } = await claimsOf("pool", new Browser("ada"), "openid phone");
  expect(id).toMatchObject({ phone_number: "+441815121210", phone_number_verified: false });
  for (const claim of ["name", "email"]) expect(id).not.toHaveProperty(claim);
});

it("every standard claim of OpenID Connect Core §5.1 arrives with its type, in whatever order the scopes of §5.4 are asked for", async () => {
  const said = {
    name: "Jane M. Doe",
    given_name: "Jane",
    middle_name: "Mary",
    family_name: "Doe",
    nickname: "JD",
    preferred_username: "j.doe",
    profile: "https://example.com/jane",
    picture: "https://example.com/jane.jpg",
    website: "https://jane.example",
    gender: "female",
    birthdate: "0000-10-31",
    zoneinfo: "Europe/Paris",
    locale: "en-US",
    updated_at: 1_311_280_970,
    email: "jane@example.com",
    email_verified: true,
    phone_number: "+1 (425) 555-1212;ext=5678",
    phone_number_verified: false,
    address: {
      formatted: "1234 Hollywood Blvd.\r\nLos Angeles, CA 90210\r\nUS",
      street_address: "1234 Hollywood Blvd.",
      locality: "Los Angeles",
      region: "CA",
      country: "US",
      postal_code: "90210",
    },
  };
  const all = await world.client("all", { scope: "openid profile email phone address" });
  const jane = new Browser("jane");
  jane.person.claims = said;
  // Core §15.1: `display` and `claims_locales` are no errors.
  const { access_token, id_token } = await all.signIn(jane, {
    scope: "address phone email profile openid",
    display: "popup",
    claims_locales: "se",
  });
  expect(decodeJwt(id_token!)).toMatchObject(said);
  const who = { idp: "pool", idp_sub: "sub-of-jane", idp_method: "cognito" };
  expect(await all.userinfo(access_token)).toEqual({ ...said, ...who, sub: decodeJwt(id_token!).sub });
});

it("an access token has the claims that are configured for it", async () => {
  await world.put("claims/at-groups", {
    name: "groups",
    type: "access_token",
    source_path: "groups",
    scopes: ["groups"],
  });
  expect((await claimsOf("pool", new Browser("ada"))).access["groups"]).toEqual(["staff", "engineering"]);
  expect((await claimsOf("pool", new Browser("ada"), "openid")).access).not.toHaveProperty("groups");
  await world.remove("claims/at-groups");
});

it("a path with colons, dots and objects makes what it says", async () => {
  await world.put("schema/work.department", {});
  const idp = await connection(({ attributes, mappings }) => ({
    attributes: [...attributes!, { source: "id_token", name: "custom:department" }],
    mappings: [...mappings!, { source: "id_token.custom:department", target: "work.department" }],
  }));
  await world.put("claims/dept", {
    name: "https://example\\.com/work.department",
    type: "id_token",
    source_path: "work.department",
  });
  const { id } = await claimsOf(idp, new Browser("ada"));
  expect(id["https://example.com/work"]).toEqual({ department: "Research" });
  await world.remove("claims/dept");
});

it("userinfo of the provider is read when asked for, and its strings stay out of booleans (coreos/go-oidc #249)", async () => {
  const idp = await connection(({ attributes }) => ({
    attributes: [
      ...attributes!,
      { source: "userinfo", name: "nickname" },
      { source: "userinfo", name: "email_verified", type: "bool" },
    ],
    mappings: [
      { source: "userinfo.nickname", target: "nickname" },
      { source: "userinfo.email_verified", target: "email_verified" },
    ],
  }));
  const { id } = await claimsOf(idp, new Browser("ada"));
  expect(id["nickname"]).toBe("ada of userinfo");
  expect(id).not.toHaveProperty("email_verified");
});

it("a value of another type, null, or too large is left out whole", async () => {
  const ada = new Browser("ada");
  ada.person.claims = { name: 7, given_name: null, family_name: "x*17000", nickname: "fits" };
  const { id } = await claimsOf("pool", ada);
  expect(id["nickname"]).toBe("fits");
  for (const claim of ["name", "given_name", "family_name"]) expect(id).not.toHaveProperty(claim);
});

it("a list of more than 500 elements is left out whole", async () => {
  await world.put("claims/groups", { name: "groups", type: "id_token", source_path: "groups" });
  const groups = (count: number) => Array.from({ length: count }, (_, n) => `g${n}`);
  for (const [count, kept] of [
    [500, true],
    [501, false],
  ] as const) {
    const browser = new Browser("plain");
    browser.person.claims = { "cognito:groups": groups(count) };
    const { userinfo } = await claimsOf("pool", browser);
    expect("groups" in userinfo).toBe(kept);
  }
  await world.remove("claims/groups");
});

it("tokens stay under 8 KB: claims that do not fit are left out, and userinfo has them", async () => {
  const ada = new Browser("ada");
  ada.person.claims = { profile: "p*4000", picture: "q*4000", website: "w*15000" };
  const { id_token, access_token } = await app.signIn(ada, { scope: "openid profile" });
  expect(id_token!.length).toBeLessThan(8_192);
  expect(decodeJwt(id_token!)).not.toHaveProperty("website");
  expect(await app.userinfo(access_token)).toMatchObject({ website: "w".repeat(15_000) });
});

it("access tokens stay under 8 KB, too: of two claims that fill more than half only the first is there (design §5.11)", async () => {
  const of = (name: string) => ({ name, type: "access_token", source_path: name, scopes: ["profile"] });
  for (const name of ["profile", "website"]) await world.put(`claims/at-${name}`, of(name));
  const ada = new Browser("ada");
  ada.person.claims = { profile: "p*3000", website: "w*3000" };
  const { access_token } = await app.signIn(ada, { scope: "openid profile" });
  expect(access_token.length).toBeLessThan(8_192);
  const { profile, website } = decodeJwt(access_token);
  expect([profile, website]).toEqual(["p".repeat(3_000), undefined]);
  for (const name of ["profile", "website"]) await world.remove(`claims/at-${name}`);
});

it("amr and acr are the provider's, and static_amr replaces them", async () => {
  const plain = await connection(() => ({}), { faults: ["mfa"] });
  expect((await claimsOf(plain, new Browser("ada"))).id).toMatchObject({ amr: ["pwd", "otp"], acr: "aal2" });
  const fixed = await connection(() => ({ static_amr: ["mfa"] }), { faults: ["mfa"] });
  const { id, userinfo } = await claimsOf(fixed, new Browser("ada"));
  expect(id).toMatchObject({ amr: ["mfa"], acr: "aal2" });
  expect(userinfo).toMatchObject({ amr: ["mfa"], acr: "aal2" });
});

it.each<[string, Record<string, unknown>]>([
  ["amr that is a list of something else than texts", { amr: ["pwd", 1] }],
  ["amr that is a text", { amr: "pwd" }],
  ["acr that is no text", { acr: ["aal2"] }],
])("the provider's %s is left out", async (_, odd) => {
  const ada = new Browser("ada");
  ada.person.claims = odd;
  const { id, access } = await claimsOf("pool", ada);
  for (const claims of [id, access])
    for (const name of ["amr", "acr"]) expect(claims).not.toHaveProperty(name);
});

it("claims_in_id_token off keeps them for userinfo (OpenID Connect Core §5.4)", async () => {
  const other = await makeWorld({ claims_in_id_token: false });
  await other.connection("pool");
  const client = await other.client("app");
  const { id_token, access_token } = await client.signIn(new Browser("ada"), {
    scope: "openid profile email",
  });
  const claims = decodeJwt(id_token!);
  expect(Object.keys(claims).toSorted()).toEqual([
    "at_hash",
    "aud",
    "auth_time",
    "exp",
    "iat",
    "idp",
    "idp_method",
    "idp_sub",
    "iss",
    "nonce",
    "sid",
    "sub",
  ]);
  expect(await client.userinfo(access_token)).toMatchObject({ sub: claims.sub, name: "Ada Lovelace" });
});

it.each(["RS256", "ES256", "PS256"])("ID tokens are signed with %s where the client says so", async (alg) => {
  const client = await world.client(`signed-${alg}`, { id_token_signed_response_alg: alg });
  const { id_token } = await client.signIn(new Browser("ada"), { idp_hint: "pool" });
  expect(decodeProtectedHeader(id_token!)).toMatchObject({ alg, typ: "JWT" });
});

it("id_token_lifetime and access_token_lifetime are the workspace's", async () => {
  const other = await makeWorld({ id_token_lifetime: 61, access_token_lifetime: 62 });
  await other.connection("pool");
  const tokens = await (await other.client("app")).signIn(new Browser("ada"));
  const life = (token: string) => decodeJwt(token).exp! - decodeJwt(token).iat!;
  expect([life(tokens.id_token!), life(tokens.access_token), tokens.expires_in]).toEqual([61, 62, 62]);
});
