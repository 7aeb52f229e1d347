/** One line for a request that failed, joined to its answer, and never a secret or a forged line (threat 27). */
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { bindings, ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { facts } from "../html.ts";
import { basic, get, post, told, type Reply } from "../raw.ts";
import { makeWorld, SECRET, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
const lines: string[] = [];

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { faults: ["token-refuses"] });
  app = await world.client("app");
});

beforeEach(() => {
  lines.splice(0);
  for (const name of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, name).mockImplementation((...said: unknown[]) => void lines.push(said.join(" ")));
});

const SECRETS = "s3cret-in-the-address";

/** The one line that was written, of this answer. */
function lineOf({ headers }: Pick<Reply, "headers">): Record<string, unknown> {
  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0]!) as Record<string, unknown>;
  expect(line["request_id"]).toBe(headers.get("x-request-id"));
  expect(lines[0]).not.toContain(SECRETS);
  expect(lines[0]).not.toContain("\n");
  return line;
}

describe("one line", () => {
  it.each([
    [
      "a page",
      () => get(`${world.issuer}/oauth2/authorize?client_id=${SECRETS}`),
      400,
      { error: "unknown_client", workspace: true },
    ],
    [
      "a callback",
      () => get(`${world.issuer}/callback/pool?code=${SECRETS}&state=${SECRETS}`),
      400,
      { error: "other_browser", route: "/:workspace/callback/:connection" },
    ],
    ["nothing there", () => get(`${ORIGIN}/none/${SECRETS}`), 404, {}],
    ["another host", () => get(`http://evil.example/${SECRETS}`), 421, {}],
    [
      "the API",
      () => get(`${ORIGIN}/api/workspaces`, { authorization: `Bearer ${SECRETS}` }),
      401,
      { reason: "this needs an access token of the system workspace, or the bootstrap key" },
    ],
    [
      "a token request",
      () => post(`${world.issuer}/oauth2/token`, { grant_type: "client_credentials" }, basic("app", SECRETS)),
      401,
      { error: "invalid_client", reason: "the secret is wrong" },
    ],
    [
      "userinfo",
      () => get(`${world.issuer}/userinfo`, { authorization: `Bearer ${SECRETS}` }),
      401,
      { error: "invalid_token" },
    ],
  ] as const)("of %s", async (_, request, status, expected) => {
    const reply = await request();
    expect(reply.status).toBe(status);
    const { workspace, ...rest } = expected as Record<string, unknown>;
    expect(lineOf(reply)).toMatchObject({
      type: "refused",
      status,
      ...rest,
      ...(workspace === true && { workspace: world.id }),
    });
  });

  it("of a refusal that the client is told by a redirect", async () => {
    const browser = new Browser("ada");
    const page = await browser.open((await app.begin()).url);
    expect(told(page)).toMatchObject({ error: "server_error" });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      type: "refused",
      status: 303,
      connection: "pool",
      client_id: "app",
      upstream: "refused",
    });
  });

  it("of what should not happen, with the stack, and the answer names the request", async () => {
    const SUBJECT = { getByName: () => ({ signIn: () => Promise.reject(new Error("broken inside")) }) };
    const { via } = counting({ SUBJECT: SUBJECT as never });
    await world.connection("good", { hidden: true });
    lines.splice(0);
    const browser = new Browser("ada", via);
    await browser.open((await app.begin({ idp_hint: "good" })).url);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ type: "fault", workspace: world.id });
    expect(JSON.parse(lines[0]!)).toHaveProperty("stack", expect.stringContaining("broken inside"));
  });

  it("and none for what went well", async () => {
    expect((await get(`${world.issuer}/.well-known/openid-configuration`)).status).toBe(200);
    expect((await get(`${ORIGIN}/healthz`)).status).toBe(200);
    expect(lines).toEqual([]);
  });
});

it("pages and errors show the request", async () => {
  const page = await get(`${world.issuer}/oauth2/authorize?client_id=none`);
  expect(facts(page.text)["Request"]).toBe(page.headers.get("x-request-id"));
  const problem = await get(`${ORIGIN}/api/workspaces`);
  expect(problem.json?.["request_id"]).toBe(problem.headers.get("x-request-id"));
  const token = await post(`${world.issuer}/oauth2/token`, {}, basic("app", SECRET));
  expect(token.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

it("a line break in what is sent makes no second line", async () => {
  const forged = '\n{"type":"bootstrap_used"}';
  await post(`${world.issuer}/oauth2/token`, { grant_type: forged, client_id: `x${forged}` });
  await get(`${world.issuer}/oauth2/authorize?client_id=${encodeURIComponent(forged)}`);
  await get(`${ORIGIN}/api/workspaces/${encodeURIComponent(forged)}`, {
    authorization: `Bearer ${bindings.BOOTSTRAP_KEY}`,
  });
  for (const line of lines) expect(line).not.toMatch(/\n|"type":"bootstrap_used"}/);
});
