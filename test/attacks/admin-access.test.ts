/** Cloudflare Access in front of the admin API: its assertion is judged here, because a header alone proves nothing. */
import {
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  SignJWT,
  UnsecuredJWT,
  type JWTPayload,
} from "jose";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { api, must, problem, type Answer } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { now, pass } from "../clock.ts";
import { text } from "../html.ts";
import { counting } from "../counting.ts";
import { makeWorld, random, type World } from "../world.ts";

const team = `team-${random()}.cloudflareaccess.com`;
const ACCESS_TEAM = `https://${team}`;
const ACCESS_AUD = "f".repeat(64);
const { via } = counting({ ACCESS_TEAM, ACCESS_AUD, BOOTSTRAP_KEY: undefined! });
const UNKNOWN = [401, "this needs an access token of the system workspace, or the bootstrap key"];
const ours = await generateKeyPair("RS256", { extractable: true });
const theirs = await generateKeyPair("RS256");
const email = `ada-${random()}@example.com`;
let world: World;

beforeAll(async () => {
  world = await makeWorld();
  const keys = [{ ...(await exportJWK(ours.publicKey)), kid: "one", alg: "RS256", use: "sig" }];
  await fetch(`https://keys.example.com/${team}`, { method: "PUT", body: JSON.stringify({ keys }) });
  await must("PUT", `workspaces/system/operators/access-${world.id}`, {
    access_email: email,
    scopes: ["workspaces:read", "clients:write"],
    workspaces: [world.id],
  });
});

const good = (): JWTPayload => ({
  iss: ACCESS_TEAM,
  aud: [ACCESS_AUD],
  email,
  sub: "0123",
  iat: now(),
  exp: now() + 60,
  type: "app",
});

const signed = (claims: JWTPayload, key: CryptoKey = ours.privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(key);

function call(assertion: string, method = "GET", headers: object = {}, path = ""): Promise<Answer> {
  const sent = { authorization: "", "cf-access-jwt-assertion": assertion, ...headers };
  const body = method === "POST" ? { client_name: "Made", grant_types: ["client_credentials"] } : undefined;
  return api(method, `workspaces/${world.id}${path}`, body, sent, via);
}

it("a person whose address a rule names may do what the rule says, in whatever case it is written", async () => {
  expect((await call(await signed(good()))).status).toBe(200);
  expect((await call(await signed({ ...good(), email: email.toUpperCase() }))).status).toBe(200);
  const settings = await call(await signed(good()), "GET", {}, "/keys");
  expect(problem(settings)).toEqual([403, "this needs the scope keys:read"]);
});

it("a person whose only rule was switched off may do nothing", async () => {
  const rule = `workspaces/system/operators/access-${world.id}`;
  await must("PATCH", rule, { disabled: true });
  expect(problem(await call(await signed(good())))).toEqual(UNKNOWN);
  await must("PATCH", rule, { disabled: false });
  expect((await call(await signed(good()))).status).toBe(200);
});

describe("refuses", () => {
  it.each<[string, (claims: JWTPayload) => JWTPayload]>([
    ["another application's assertion", (claims) => ({ ...claims, aud: ["0".repeat(64)] })],
    ["one without audience", ({ aud: _, ...claims }) => claims],
    ["another team's", (claims) => ({ ...claims, iss: "https://other.cloudflareaccess.com" })],
    ["an expired one", (claims) => ({ ...claims, exp: now() - 1 })],
    ["one that never expires", ({ exp: _, ...claims }) => claims],
    ["one that is not valid yet", (claims) => ({ ...claims, nbf: now() + 600 })],
    ["one of a service without an address", ({ email: _, ...claims }) => claims],
    ["somebody whom no rule names", (claims) => ({ ...claims, email: "eve@example.com" })],
    ["an address that is no text", (claims) => ({ ...claims, email: [email] })],
  ])("%s", async (_, wrong) => {
    expect(problem(await call(await signed(wrong(good()))))).toEqual(UNKNOWN);
  });

  it("another key's, an unsigned and a mangled one", async () => {
    for (const assertion of [
      await signed(good(), theirs.privateKey),
      new UnsecuredJWT(good()).encode(),
      "x",
      "a.b.c",
      "x".repeat(13_000),
      // By the right key, and longer than Access writes.
      await signed({ ...good(), padding: "x".repeat(9_000) }),
    ])
      expect(problem(await call(assertion))).toEqual(UNKNOWN);
  });

  it("another algorithm than Access uses, with the right key even where the key set names none", async () => {
    const other = `any-${random()}.cloudflareaccess.com`;
    const keys = [{ ...(await exportJWK(ours.publicKey)), kid: "one" }];
    await fetch(`https://keys.example.com/${other}`, { method: "PUT", body: JSON.stringify({ keys }) });
    const env = { ACCESS_TEAM: `https://${other}`, ACCESS_AUD, BOOTSTRAP_KEY: undefined! };
    const { via: there } = counting(env);
    const ask = async (alg: string) => {
      const pkcs8 = await exportPKCS8(ours.privateKey);
      const jwt = new SignJWT({ ...good(), iss: env.ACCESS_TEAM }).setProtectedHeader({ alg, kid: "one" });
      const assertion = await jwt.sign(await importPKCS8(pkcs8, alg));
      const headers = { authorization: "", "cf-access-jwt-assertion": assertion };
      return api("GET", `workspaces/${world.id}`, undefined, headers, there);
    };
    expect((await ask("RS256")).status).toBe(200);
    for (const alg of ["RS384", "RS512", "PS256"]) expect(problem(await ask(alg))).toEqual(UNKNOWN);
  });

  it("everybody while only one of its two variables is set, because nothing says for whom the assertion is", async () => {
    const headers = { authorization: "", "cf-access-jwt-assertion": await signed(good()) };
    for (const env of [
      { ACCESS_TEAM, ACCESS_AUD: undefined! },
      { ACCESS_TEAM, ACCESS_AUD: "" },
      { ACCESS_TEAM: undefined!, ACCESS_AUD },
    ]) {
      const { via: half } = counting({ ...env, BOOTSTRAP_KEY: undefined! });
      const answer = await api("GET", `workspaces/${world.id}`, undefined, headers, half);
      expect(problem(answer)).toEqual(UNKNOWN);
    }
  });

  it("a key that Access took back an hour ago", async () => {
    const retired = `retired-${random()}.cloudflareaccess.com`;
    const publish = async (key: CryptoKey) => {
      const keys = [{ ...(await exportJWK(key)), kid: "one", alg: "RS256" }];
      await fetch(`https://keys.example.com/${retired}`, { method: "PUT", body: JSON.stringify({ keys }) });
    };
    const env = { ACCESS_TEAM: `https://${retired}`, ACCESS_AUD, BOOTSTRAP_KEY: undefined! };
    const { via: there } = counting(env);
    const ask = async () => {
      const assertion = await signed({ ...good(), iss: env.ACCESS_TEAM });
      const headers = { authorization: "", "cf-access-jwt-assertion": assertion };
      return (await api("GET", `workspaces/${world.id}`, undefined, headers, there)).status;
    };
    await publish(ours.publicKey);
    expect(await ask()).toBe(200);
    await publish(theirs.publicKey);
    expect(await ask()).toBe(200);
    pass(3_600);
    expect(await ask()).toBe(401);
  });

  it("everybody where Access is not configured", async () => {
    const headers = { authorization: "", "cf-access-jwt-assertion": await signed(good()) };
    expect(problem(await api("GET", "workspaces", undefined, headers))).toEqual(UNKNOWN);
  });

  it("a change that another site's page sends with the browser's Access cookie", async () => {
    const assertion = await signed(good());
    for (const headers of [{}, { origin: "https://evil.example.com" }, { origin: "null" }])
      expect(problem(await call(assertion, "POST", headers, "/clients"))).toEqual([
        403,
        "a change by way of Cloudflare Access must come from this origin",
      ]);
    expect((await call(assertion, "POST", { origin: ORIGIN }, "/clients")).status).toBe(201);
  });
});

it.each(["down", "html", "absent"])(
  "keys that are %s: 503, and read again once they are there",
  async (how) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    pass(3_601);
    const other = `${how}-${random()}.cloudflareaccess.com`;
    const env = { ACCESS_TEAM: `https://${other}`, ACCESS_AUD, BOOTSTRAP_KEY: undefined! };
    const headers = {
      authorization: "",
      "cf-access-jwt-assertion": await signed({ ...good(), iss: env.ACCESS_TEAM }),
    };
    const answer = await api("GET", "workspaces", undefined, headers, counting(env).via);
    expect(problem(answer)).toEqual([503, "the keys of Cloudflare Access cannot be read right now"]);
  },
);

interface Post {
  readonly origin?: string;
  readonly body?: Record<string, string>;
}

describe("the console behind Access", () => {
  const open = async (path: string, assertion?: string, { origin, body }: Post = {}) => {
    const headers = {
      ...(assertion && { "cf-access-jwt-assertion": assertion }),
      ...(origin && { origin }),
      ...(body && { "content-type": "application/x-www-form-urlencoded" }),
    };
    const request = new Request(`${ORIGIN}/admin/workspaces/${world.id}${path}`, {
      method: body ? "POST" : "GET",
      headers,
      redirect: "manual",
      ...(body && { body: new URLSearchParams(body).toString() }),
    });
    const response = await via(request);
    const html = await response.text();
    return { status: response.status, to: response.headers.get("location"), title: text(html, "h1"), html };
  };
  const made = async (id: string) => (await api("GET", `workspaces/${world.id}/clients/${id}`)).status;

  it("opens without a sign-in of its own, names who sits there, and shows what their rule allows", async () => {
    const page = await open("/applications", await signed(good()));
    expect([page.status, page.title]).toEqual([200, "Applications"]);
    expect(page.html).toContain(email);
    expect(page.html).toContain('id="to-applications"');
    expect(page.html).not.toContain('id="to-audit-log"');
    expect(await open("/audit-log", await signed(good()))).toMatchObject({
      status: 403,
      title: "You may not do this",
    });
  });

  it("saves what is sent from its own page", async () => {
    const body = {
      client_id: "by-access",
      client_name: "By Access",
      redirect_uris: "https://app.example.com/cb",
    };
    const page = await open("/applications/create", await signed(good()), { origin: ORIGIN, body });
    expect(page.title).toBe("The secret of the application");
    expect(await made("by-access")).toBe(200);
  });

  it.each(["https://evil.example.com", "null", undefined])(
    "does nothing that a page of %s sends with the browser's Access cookie",
    async (origin) => {
      const body = { client_id: "forged", client_name: "Forged", redirect_uris: "https://evil.example.com/" };
      const page = await open("/applications/create", await signed(good()), {
        body,
        ...(origin !== undefined && { origin }),
      });
      expect(page.status).toBe(403);
      expect(await made("forged")).toBe(404);
    },
  );

  it.each<[string, () => Promise<string | undefined>]>([
    ["without an assertion", async () => undefined],
    ["with an expired one", () => signed({ ...good(), exp: now() - 1 })],
    ["with another application's", () => signed({ ...good(), aud: ["0".repeat(64)] })],
    ["with another key's", () => signed(good(), theirs.privateKey)],
  ])("leads to the sign-in %s", async (_, assertion) => {
    const page = await open("/applications", await assertion());
    expect([page.status, page.to]).toEqual([
      303,
      `/admin/sign-in?to=${encodeURIComponent(`/admin/workspaces/${world.id}/applications`)}`,
    ]);
  });
});
