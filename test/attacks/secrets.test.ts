/** Nothing secret reaches a log, an audit event, KV or the API (threat 27; design §5.10). */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, expect, it, vi } from "vitest";
import { api } from "../api.ts";
import { bindings } from "../bindings.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now } from "../clock.ts";
import { counting } from "../counting.ts";
import { basic, get, post, told } from "../raw.ts";
import { auditShard, subjectObject } from "../../src/store/shards.ts";
import { makeWorld, SECRET, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app");
});

it("a whole sign-in, its tokens, their end and a dozen refusals leave no secret in the log or in audit events", async () => {
  const lines: string[] = [];
  for (const name of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, name).mockImplementation(
      (...said: unknown[]) => void lines.push(...said.map((part) => JSON.stringify(part))),
    );
  const browser = new Browser("ada");
  const begun = await app.begin({ scope: "openid email offline_access" });
  const page = await browser.open(begun.url);
  const code = app.code(page, begun).get("code")!;
  const tokens = await app.finish(page, begun);
  const session = browser.jar.value(`__Host-${world.id}-s`)!;
  const next = await app.refresh(tokens.refresh_token!);
  const refuse = (fields: Record<string, string>, secret = SECRET) =>
    post(app.server.token_endpoint!, fields, basic("app", secret));
  await refuse({
    grant_type: "authorization_code",
    code,
    redirect_uri: app.redirect_uri,
    code_verifier: begun.verifier,
  });
  await refuse({ grant_type: "refresh_token", refresh_token: `${next.refresh_token!}x` });
  await refuse({ grant_type: "client_credentials" }, `${SECRET}-wrong`);
  await get(app.server.userinfo_endpoint!, { authorization: `Bearer ${tokens.access_token}x` });
  await get(`${world.issuer}/callback/pool?code=upstream-code-of-ada&state=${"s".repeat(22)}`);
  await runDurableObjectAlarm(
    env.SUBJECT.getByName(subjectObject(world.id, decodeJwt(tokens.id_token!).sub!)),
  );
  const events = JSON.stringify(await env.AUDIT.getByName(auditShard(world.id, now())).list(1_000, "", {}));
  expect(events).toContain("code_reused");
  const said = lines.join("\n") + events;
  const secrets = {
    code,
    session,
    state: begun.state,
    verifier: begun.verifier,
    nonce: begun.nonce,
    ...tokens,
    ...next,
  };
  for (const [name, value] of Object.entries({
    ...secrets,
    SECRET,
    ...bindings,
    upstream: "an-upstream-secret",
    code2: "upstream-code-of-ada",
    email: "ada@example.com",
  }))
    if (typeof value === "string" && value.length > 15 && !["ORIGIN", "scope"].includes(name))
      expect(said.includes(value), name).toBe(false);
});

it("KV and the API show no secret of a client, a connection or a workspace", async () => {
  const keys = (await env.CONFIG.list({ prefix: `${world.id}/` })).keys;
  expect(keys.length).toBeGreaterThan(3);
  const stored = await Promise.all(keys.map(({ name }) => env.CONFIG.get(name)));
  const shown = await Promise.all(
    ["", "/clients", "/clients/app", "/connections", "/connections/pool", "/keys"].map(async (path) =>
      JSON.stringify((await api("GET", `workspaces/${world.id}${path}`)).body),
    ),
  );
  for (const text of [...stored, ...shown]) {
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain("an-upstream-secret");
  }
  for (const text of shown)
    expect(text).not.toMatch(/"(client_secret|client_secret_hash|credentials|private_jwk|salt)":/);
});

it("an error of ours says that something went wrong, and no more", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const subject = { getByName: () => ({ signIn: () => Promise.reject(new Error("SQL: secret inside")) }) };
  const { via } = counting({ SUBJECT: subject as never });
  const broken = await world.client("broken", { via });
  const browser = new Browser("ada", via);
  const page = await browser.open((await broken.begin()).url);
  expect(told(page)).toMatchObject({ error: "server_error", error_description: "something went wrong here" });
  expect(page.url.href).not.toContain("inside");
});
