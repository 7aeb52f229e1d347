/** OpenID Connect Core §5.5 — the `claims` parameter. */
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { Browser, type Page } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now } from "../clock.ts";
import { asked as seen } from "../seen.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { faults: ["mfa"] });
  app = await world.client("app");
});

const asked = (claims: object, scope = "openid") => ({ scope, claims: JSON.stringify(claims) });
async function signIn(claims: object, scope?: string) {
  const tokens = await app.signIn(new Browser("ada"), asked(claims, scope));
  const [id, access] = [decodeJwt(tokens.id_token!), decodeJwt(tokens.access_token)];
  return { ...tokens, id, access, userinfo: await app.userinfo(tokens.access_token) };
}
const error = ({ url }: Page) => Object.fromEntries(url.searchParams);

it("a claim is released alone, where it was asked for, though its scope was not", async () => {
  const { id, userinfo, access, scope } = await signIn({
    id_token: { given_name: null },
    userinfo: { family_name: { essential: true }, "no-such-claim": null },
  });
  expect([id["given_name"], userinfo["family_name"]]).toEqual(["Ada", "Lovelace"]);
  for (const name of ["name", "family_name", "email"]) expect(id).not.toHaveProperty(name);
  for (const name of ["name", "given_name", "email"]) expect(userinfo).not.toHaveProperty(name);
  expect(access).not.toHaveProperty("given_name");
  // RFC 6749 §5.1: the client is told that more was granted than it asked for.
  expect(scope).toBe("openid profile");
});

it("a claim that was asked for at userinfo does not come with an access token, though one has that name", async () => {
  const claim = { name: "given_name", source_path: "given_name", scopes: ["profile"] };
  await world.put("claims/at-given", { ...claim, type: "access_token" });
  const { access, id, userinfo } = await signIn({ userinfo: { given_name: null } });
  await world.remove("claims/at-given");
  expect([userinfo["given_name"], id["given_name"], access["given_name"]]).toEqual([
    "Ada",
    undefined,
    undefined,
  ]);
});

it("names that nobody has here take no room in the browser", async () => {
  const names = Array.from({ length: 100 }, (_, n) => [`unknown_${n}`, null]);
  const { url } = await app.begin({
    ...asked({ id_token: Object.fromEntries(names) }),
    state: "s".repeat(1_200),
  });
  const page = await new Browser("ada").open(url);
  expect(page.url.searchParams.get("error")).toBeNull();
});

it("beside a scope that releases everything it takes nothing away", async () => {
  const { id } = await signIn({ id_token: { given_name: null } }, "openid profile");
  expect(id).toMatchObject({ name: "Ada Lovelace", given_name: "Ada" });
});

it("value and values: another value is not given", async () => {
  const { id } = await signIn({
    id_token: {
      given_name: { value: "Ada" },
      family_name: { values: ["Byron", "King"] },
      email_verified: { value: "true" },
      email: { values: ["ada@example.com", "x"] },
    },
  });
  expect(id).toMatchObject({ given_name: "Ada", email: "ada@example.com" });
  for (const name of ["family_name", "email_verified"]) expect(id).not.toHaveProperty(name);
});

it("a refresh keeps what was asked for", async () => {
  const { refresh_token } = await signIn({ id_token: { given_name: null } }, "openid offline_access");
  const { id_token } = await app.refresh(refresh_token!);
  expect(decodeJwt(id_token!)["given_name"]).toBe("Ada");
  expect(decodeJwt(id_token!)).not.toHaveProperty("name");
});

it("a scope that the client may not ask for is not got by this way", async () => {
  const { id, userinfo, scope } = await signIn({
    id_token: { phone_number: null },
    userinfo: { phone_number: null },
  });
  for (const claims of [id, userinfo]) expect(claims).not.toHaveProperty("phone_number");
  expect(scope).toBe("openid");
});

it("the person is asked for the scope of the claim", async () => {
  const asks = await world.client("asks", { trusted: false });
  const begun = await asks.begin(asked({ id_token: { given_name: null } }));
  const ada = new Browser("ada");
  const page = await ada.open(begun.url);
  expect(page.html).toContain("Your profile");
  const { id_token } = await asks.finish(await ada.submit("allow"), begun);
  expect(decodeJwt(id_token!)).toMatchObject({ given_name: "Ada" });
});

it("who agreed to one claim of a scope did not agree to the others: they are asked when the app asks for the scope", async () => {
  const sly = await world.client("sly", { trusted: false });
  const browser = new Browser("claimed");
  const open = async (params: Record<string, string>) => {
    const begun = await sly.begin(params);
    await browser.open(begun.url);
    return begun;
  };
  const first = await open(asked({ userinfo: { nickname: null } }, "openid offline_access"));
  const { refresh_token } = await sly.finish(await browser.submit("allow"), first);
  // The one that was asked for goes on without another question.
  expect((await sly.refresh(refresh_token!)).scope).toBe("openid offline_access profile");
  const second = await open({ scope: "openid profile" });
  expect([browser.title, browser.form.boxes]).toEqual(["Client sly asks for access", ["profile"]]);
  await sly.finish(await browser.submit("allow"), second);
  // Whoever gives the whole gives its parts.
  const { scope } = await sly.signIn(browser, asked({ userinfo: { nickname: null } }));
  expect(scope).toBe("openid profile");
});

it("a claim of access tokens is not got at introspection by asking for one of the same scope in an ID token", async () => {
  const claim = { name: "at_mail", source_path: "email", scopes: ["profile"] };
  await world.put("claims/at-mail", { ...claim, type: "access_token" });
  const { access_token } = await signIn({ id_token: { given_name: null } });
  const whole = await signIn({}, "openid profile");
  const [one, all] = [await app.introspect(access_token), await app.introspect(whole.access_token)];
  await world.remove("claims/at-mail");
  expect([one["at_mail"], all["at_mail"]]).toEqual([undefined, "ada@example.com"]);
});

it("sub with a value: nobody else is the answer (§5.5.1)", async () => {
  const { id } = await signIn({});
  const same = await signIn({ id_token: { sub: { value: id.sub } } });
  expect(same.id.sub).toBe(id.sub);
  const { url } = await app.begin(asked({ id_token: { sub: { value: id.sub } } }));
  expect(error(await new Browser("zoe").open(url))).toMatchObject({ error: "login_required" });
});

it("acr: an essential one that is not met is a failed sign-in (§5.5.1.1), another is not", async () => {
  const met = await signIn({ id_token: { acr: { essential: true, values: ["aal1", "aal2"] } } });
  expect(met.id["acr"]).toBe("aal2");
  expect((await signIn({ id_token: { acr: { values: ["aal3"] } } })).id["acr"]).toBe("aal2");
  const { url } = await app.begin(asked({ id_token: { acr: { essential: true, value: "aal3" } } }));
  expect(error(await new Browser("ada").open(url))).toMatchObject({
    error: "unmet_authentication_requirements",
    error_description: "the provider did not authenticate in a way that the request needs",
  });
});

it("acr: an essential one is not answered from a cached context, whose acr nobody can read", async () => {
  const pool = await world.connection("cached", {
    faults: ["mfa"],
    hidden: true,
    config: { enable_stateful_ctx: true },
  });
  const visits = async () => (await seen(pool, "/oauth2/authorize")).length;
  const browser = new Browser("ada");
  const again = async (acr?: object) => {
    const idp = { idp_hint: "cached" };
    await app.signIn(browser, acr ? { ...idp, ...asked({ id_token: { acr } }) } : idp);
    return visits();
  };
  expect([await again(), await again(), await again({ value: "aal2" })]).toEqual([1, 1, 1]);
  expect(await again({ essential: true, value: "aal2" })).toBe(2);
});

it("auth_time: an essential one is there (§2), also of a provider that says none of its own accord", async () => {
  await world.connection("timeless", { faults: ["no-auth-time"], hidden: true });
  const authTime = async (wanted: object | null) => {
    const params = { ...asked({ id_token: { auth_time: wanted } }), idp_hint: "timeless" };
    return decodeJwt((await app.signIn(new Browser("ada"), params)).id_token!)["auth_time"];
  };
  expect(await authTime(null)).toBeUndefined();
  expect(await authTime({ essential: true })).toBeGreaterThan(now() - 60);
});

it("a claim of access tokens only is not got by asking for it in an ID token", async () => {
  await world.put("claims/at-only", {
    name: "at_only",
    type: "access_token",
    source_path: "email",
    scopes: ["email"],
  });
  const { id, access, scope } = await signIn({ id_token: { at_only: null } });
  expect([scope, id["at_only"], access["at_only"]]).toEqual(["openid", undefined, undefined]);
  await world.remove("claims/at-only");
});

it.each<[string, string, string]>([
  ["no JSON", "{", "claims must be a JSON object"],
  ["a list", "[]", "claims must be a JSON object"],
  ["a section that is no object", '{"id_token":[]}', "claims must have objects for userinfo and id_token"],
  ["null as a section", '{"userinfo":null}', "claims must have objects for userinfo and id_token"],
  [
    "a claim that is a text",
    '{"id_token":{"name":"x"}}',
    "claims must have null or an object for each claim",
  ],
  ["two persons", '{"id_token":{"sub":{"values":["a","b"]}}}', "claims asks for more than one sub"],
  ["a person that is no text", '{"id_token":{"sub":{"value":7}}}', "claims asks for more than one sub"],
  ["2,001 characters", `{"x":"${"x".repeat(1_993)}"}`, "claims is longer than 2000 characters"],
])("%s is refused", async (_, claims, description) => {
  const { url } = await app.begin({ claims });
  expect(error(await new Browser("ada").open(url))).toMatchObject({
    error: "invalid_request",
    error_description: description,
  });
});

it("names like __proto__ and constructor ask for nothing", async () => {
  const { id } = await signIn(
    JSON.parse('{"id_token":{"__proto__":{"value":1},"constructor":null,"iss":{"value":"x"}}}'),
  );
  expect(id.iss).toBe(world.issuer);
  expect(({} as Record<string, unknown>)["value"]).toBeUndefined();
});
