/** Custom attributes from each source of a provider up to the claims of both tokens; and what is too much for a token. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { api } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { DAY, pass } from "../clock.ts";
import { get } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";
import { IN_ACCESS } from "../upstream/mint.ts";

const GROUPS = String.raw`https://example\.com/groups`;
const SOURCES = ["id_token", "access_token", "userinfo"] as const;
const CLAIMS = ["department", "teams"];
const scope = "openid profile view_lineage offline_access";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.put("schema/department", {});
  await world.put("schema/teams", { type: "string_array" });
  for (const name of CLAIMS)
    for (const type of ["id_token", "access_token"])
      await world.put(`claims/${type}-${name}`, { name, type, source_path: name, scopes: ["profile"] });
  for (const source of SOURCES)
    await world.connection(source.replace("_", "-"), {
      settings: { get_user_info: source === "userinfo" },
      attributes: [
        { source, name: "custom:department" },
        { source, name: GROUPS, type: "any" },
      ],
      mappings: [
        { source: `${source}.custom:department`, target: "department" },
        // Cognito's userinfo says everything as text.
        { source: `${source}.${GROUPS}`, target: "teams", type: "string_array", allow_weak_decoding: true },
      ],
    });
  app = await world.client("app", { scope });
});

const said = (source: string) => ({
  "custom:department": `Research by ${source}`,
  "https://example.com/groups": [`staff by ${source}`],
});
/** What the pool says of Ada at userinfo, whatever its tokens say. */
const AT_USERINFO = { department: "Research", teams: ["engineering"] };

async function signIn(connection: string, claims: Record<string, unknown>) {
  const ada = new Browser("ada");
  ada.person.claims = claims;
  const tokens = await app.signIn(ada, { scope, idp_hint: connection });
  const both = [decodeJwt(tokens.id_token!), decodeJwt(tokens.access_token)];
  const { sid, sub } = both[0]!;
  const lineage = async () =>
    (
      await get(`${world.issuer}/me/sign-ins/${String(sid)}/lineage`, {
        authorization: `Bearer ${tokens.access_token}`,
      })
    ).json as Record<"read" | "mapped" | "absent" | "id_token" | "access_token", object[]>;
  const settled = async () => runDurableObjectAlarm(env.SUBJECT.getByName(`${world.id}/${String(sub)}`));
  return { ...tokens, both, lineage, settled };
}

describe.each(SOURCES)("from the source %s", (source) => {
  it("custom:department and https://example\\.com/groups arrive in both tokens, and the lineage says whence", async () => {
    const claims = { ...said("id_token"), [IN_ACCESS]: said("access_token") };
    const { both, lineage } = await signIn(source.replace("_", "-"), claims);
    const expected =
      source === "userinfo"
        ? AT_USERINFO
        : { department: `Research by ${source}`, teams: [`staff by ${source}`] };
    for (const token of both) expect(token).toMatchObject(expected);
    const ran = await lineage();
    const at = `${source.replace("_", "-")}: ${source}`;
    for (const token of ["id_token", "access_token"] as const)
      expect(ran[token]).toEqual([
        {
          name: "department",
          path: [`${at}.custom:department`, "authn_ctx.department", `${token}.department`],
        },
        {
          name: "teams",
          path: [
            `${at}.${GROUPS}`,
            ...(source === "userinfo" ? ["string → string_array"] : []),
            "authn_ctx.teams",
            `${token}.teams`,
          ],
        },
      ]);
  });
});

describe("ten thousand groups", () => {
  const many = { "https://example.com/groups": "[g*10000]", "custom:department": "Research" };
  const alerts = async () =>
    (await api("GET", `workspaces/${world.id}/audit-events?type=alert`)).body["items"] as unknown as object[];

  it("are left out whole, the rest goes on, and operators hear of it once a day", async () => {
    for (let times = 0; times < 2; times++) {
      const { both, lineage, settled } = await signIn("id-token", many);
      for (const token of both) {
        expect(token).toMatchObject({ department: "Research" });
        expect(token).not.toHaveProperty("teams");
      }
      const { read, absent } = await lineage();
      const name = `id_token.${GROUPS}`;
      expect(read).toContainEqual({ name, type: "any", left_out: "too_many_elements" });
      for (const token of ["id_token", "access_token"])
        expect(absent).toContainEqual({ token, name: "teams", reason: "too_many_elements" });
      await settled();
    }
    const told = {
      alert: "values_left_out",
      connection: "id-token",
      left_out: [`id_token.${GROUPS}: too_many_elements`],
    };
    expect(await alerts()).toMatchObject([told]);
    pass(DAY);
    await (await signIn("id-token", many)).settled();
    expect(await alerts()).toMatchObject([told, told]);
  });
});

describe("a claim that becomes required after the sign-in", () => {
  const site = { name: "site", type: "id_token", source_path: "website", scopes: ["profile"] };

  it("and has no value ends the refresh", async () => {
    const { refresh_token } = await signIn("id-token", said("id_token"));
    await world.put("claims/site", { ...site, required: true });
    await expect(app.refresh(refresh_token!)).rejects.toMatchObject({
      error: "invalid_grant",
      error_description: "a claim that is required cannot be given",
    });
    await world.remove("claims/site");
  });

  it("and has no value ends a sign-in of a session that is known at the authorization: the provider is asked, and there is no code", async () => {
    await world.connection("cached", { config: { enable_stateful_ctx: true } });
    const ada = new Browser("ada");
    const asked = { scope: "openid profile", idp_hint: "cached" };
    await app.signIn(ada, asked);
    await world.put("claims/site", { ...site, required: true });
    const { url } = await ada.open((await app.begin(asked)).url);
    expect([url.searchParams.get("error"), url.searchParams.get("error_description")]).toEqual([
      "access_denied",
      "something that the application needs is missing from the sign-in",
    ]);
    expect(url.searchParams.get("code")).toBeNull();
    const silent = await ada.open((await app.begin({ ...asked, prompt: "none" })).url);
    expect(silent.url.searchParams.get("error")).toBe("login_required");
    await world.remove("claims/site");
  });
});

describe("a claim that is required, in a session that is known", () => {
  const site = {
    name: "site",
    type: "id_token",
    source_path: "website",
    scopes: ["profile"],
    required: true,
  };
  const ada = new Browser("ada");
  const open = async (asked: Record<string, string>) =>
    (await ada.open((await app.begin({ idp_hint: "cached", ...asked })).url)).url.searchParams;

  beforeAll(async () => {
    await world.put("claims/site", site);
    const website = { source: "id_token", name: "website" };
    const mapping = { source: "id_token.website", target: "website" };
    const config = { enable_stateful_ctx: true };
    await world.connection("cached", { config, attributes: [website], mappings: [mapping] });
    ada.person.claims = { website: null };
    await app.signIn(ada, { scope: "openid", idp_hint: "cached" });
  });

  it("takes nothing away from an app that does not ask for it", async () => {
    expect((await open({ scope: "openid", prompt: "none" })).get("code")).not.toBeNull();
  });

  it("and has no value there is asked of the provider, and ends at the authorization", async () => {
    expect((await open({ scope: "openid profile", prompt: "none" })).get("error")).toBe("login_required");
    const answer = await open({ scope: "openid profile" });
    expect([answer.get("error"), answer.get("error_description"), answer.get("code")]).toEqual([
      "access_denied",
      "something that the application needs is missing from the sign-in",
      null,
    ]);
  });

  it("is given once the provider has it, and from then on without asking", async () => {
    ada.person.claims = { website: "https://ada.example.com" };
    for (const prompt of [{}, { prompt: "none" }] as Record<string, string>[]) {
      const tokens = await app.signIn(ada, { scope: "openid profile", idp_hint: "cached", ...prompt });
      expect(decodeJwt(tokens.id_token!)["site"]).toBe("https://ada.example.com");
    }
  });

  it("is there when it says no: false and 0 and nothing written are values", async () => {
    await world.put("claims/site", { ...site, source_path: "email_verified" });
    const verified = { source: "id_token", name: "email_verified", type: "bool" };
    const mapping = { source: "id_token.email_verified", target: "email_verified", type: "bool" };
    await world.connection("unverified", {
      config: { enable_stateful_ctx: true },
      attributes: [verified],
      mappings: [mapping],
    });
    const bob = new Browser("bob");
    bob.person.claims = { email_verified: false };
    for (const prompt of [{}, { prompt: "none" }] as Record<string, string>[]) {
      const tokens = await app.signIn(bob, { scope: "openid profile", idp_hint: "unverified", ...prompt });
      expect(decodeJwt(tokens.id_token!)["site"]).toBe(false);
    }
  });

  it("and is made of the client's own record ends there too, and nobody is asked", async () => {
    await world.put("claims/site", { ...site, source_type: "client", source_path: "client_uri" });
    ada.person.claims = { website: null };
    const answer = await open({ scope: "openid profile", prompt: "none" });
    expect([answer.get("error"), answer.get("code")]).toEqual(["access_denied", null]);
    await world.remove("claims/site");
  });
});
