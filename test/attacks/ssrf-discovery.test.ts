/** SSRF by an operator's issuer URL, or by what a discovery document names (threat 18; better-auth SSO, ZITADEL CVE-2026-27945). */
import { beforeAll, describe, expect, it } from "vitest";
import { api, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { told } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app");
});

describe("an issuer URL is refused when it is written", () => {
  it.each([
    "http://login.example.com",
    "https://10.0.0.1",
    "https://169.254.169.254/latest",
    "https://localhost:9400",
    "https://[::1]/",
    "https://idp.internal",
    "https://user:pass@login.example.com",
    "https://login.example.com/.well-known/openid-configuration",
    "https://login.example.com/?x=1",
    "https://login.example.com/#x",
    "javascript:alert(1)",
    "nonsense",
  ])("%s", async (issuer_url) => {
    const answer = await api("PUT", `workspaces/${world.id}/connections/inside`, {
      name: "X",
      method: "oidc",
      settings: { issuer_url, client_id: "app" },
      credentials: { client_secret: "x" },
    });
    expect(problem(answer).slice(0, 3)).toEqual([422, "the record is not valid", "settings.issuer_url"]);
  });
});

/** Whatever leaves the Worker for a host that nobody answers for is remembered, and fails the test (`setup.ts`). */
describe("a private address in the discovery document is not called:", () => {
  const UNREACHABLE = {
    error: "temporarily_unavailable",
    error_description: "the identity provider does not answer",
  };

  it.each<[string, Parameters<World["oidc"]>[1], object]>([
    ["jwks_uri", { provider: "privatekeys" }, UNREACHABLE],
    ["token_endpoint", { provider: "privatetoken" }, UNREACHABLE],
    ["token_endpoint without TLS", { provider: "httptoken" }, UNREACHABLE],
    ["userinfo_endpoint", { provider: "privateuserinfo", settings: { get_user_info: true } }, UNREACHABLE],
    ["pushed_authorization_request_endpoint", { provider: "privatepar" }, UNREACHABLE],
  ])("%s", async (name, how, answer) => {
    const id = name.toLowerCase().replaceAll(/[^a-z]/g, "");
    await world.oidc(id, how);
    const begun = await app.begin({ idp_hint: id });
    expect(told(await new Browser("ada").open(begun.url))).toMatchObject(answer);
  });
});
