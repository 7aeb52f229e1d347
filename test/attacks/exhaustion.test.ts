/** Requests that are too large or too many (threat 25; Dex #1292). */
import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import type { AuditEvent } from "../../src/audit/event.ts";
import { ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now, pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { intercept } from "../intercept.ts";
import { get, told } from "../raw.ts";
import { makeWorld, random, type World } from "../world.ts";

const { via, calls } = counting();
let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  app = await world.client("app", { via });
});

it("20 KB of state are a page that says how much fits: they would not fit the answer either", async () => {
  const { url } = await app.begin({ state: "s".repeat(20_000) });
  const browser = new Browser("ada", via);
  const page = await browser.open(url);
  expect([page.status, page.url.origin]).toEqual([400, url.origin]);
  expect(browser.facts).toMatchObject({
    Code: "too_large",
    Reason: "state has 20000 characters and 6000 fit in an answer",
  });
  expect(browser.jar.names()).toEqual([]);
});

it("state that fits an answer and no cookie is refused, with the number of bytes that fit (design §2)", async () => {
  const { url } = await app.begin({ state: "s".repeat(6_000) });
  const browser = new Browser("ada", via);
  const answer = told(await browser.open(url));
  expect(answer).toMatchObject({ error: "invalid_request", iss: world.issuer });
  expect(answer["error_description"]).toMatch(
    /^the request needs \d{4} bytes in the browser and 4000 fit, so state or another parameter must be shorter$/,
  );
  expect(browser.jar.names()).toEqual([]);
});

it("what fits a cookie works to its last byte, and no cookie that a browser would drop is ever sent", async () => {
  let [fits, tooLong] = [0, 4_000];
  const works = async (length: number) => {
    const browser = new Browser("ada", via);
    const { url } = await app.begin({ state: "s".repeat(length) });
    const answer = told(await browser.open(url));
    expect(browser.jar.dropped).toEqual([]);
    return "code" in answer;
  };
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (await works(middle)) fits = middle;
    else tooLong = middle;
  }
  expect(fits).toBeGreaterThan(1_500);
});

it("a fourth sign-in in one browser expires the oldest, and the other three go on", async () => {
  const browser = new Browser("ada", via);
  const begun = [];
  for (let n = 0; n < 4; n++) {
    const asked = await app.begin({ prompt: "login" });
    begun.push({ asked, callback: await intercept(browser, asked.url, via) });
    pass(1);
  }
  expect(browser.jar.names().filter((name) => name.includes("-p-"))).toHaveLength(3);
  const pages = [];
  for (const { callback } of begun) pages.push(await browser.open(callback));
  expect(pages.map(({ status }) => status)).toEqual([400, 0, 0, 0]);
  for (const [n, page] of pages.entries())
    if (n > 0) expect((await app.finish(page, begun[n]!.asked)).id_token).toBeDefined();
});

it("a workspace counts its own sign-ins only, though another's name begins with its name and -p", async () => {
  const handle = (n: number) => `${n}`.repeat(22);
  const cookie = (workspace: string, n: number) => `__Host-${workspace}-p-${handle(n)}=${n}-x`;
  const { url } = await app.begin();
  const gone = async (workspace: string) => {
    const cookies = [1, 2, 3].map((n) => cookie(workspace, n)).join("; ");
    const { headers } = await get(url, { cookie: cookies }, via);
    const dropped = headers.getSetCookie().filter((line) => line.includes("Max-Age=0"));
    return dropped.map((line) => line.split("=")[0]);
  };
  expect(await gone(`${world.id}-p`)).toEqual([]);
  expect(await gone(`${world.id}-p-p`)).toEqual([]);
  // Of its own the oldest goes, wherever the browser put it.
  expect(await gone(world.id)).toEqual([`__Host-${world.id}-p-${handle(1)}`]);
});

it("a POST that would make a very long URL is refused with a page", async () => {
  const body = new URLSearchParams({ client_id: "app", state: "s".repeat(9_000) });
  const browser = new Browser("ada", via);
  const page = await browser.open(`${world.issuer}/oauth2/authorize`, { method: "POST", body });
  expect([page.status, browser.facts["Code"]]).toEqual([400, "too_large"]);
  expect(browser.facts["Reason"]).toMatch(/^the request has \d+ characters and 8000 fit$/);
});

it("made-up client ids ask the authority twenty times a second and no more, while an app that exists is served", async () => {
  pass(1);
  const { url } = await app.begin();
  const ask = (client_id: string) => get(`${world.issuer}/oauth2/authorize?client_id=${client_id}`, {}, via);
  calls.splice(0);
  for (let n = 0; n < 40; n++) expect((await ask(`made-up-${n}`)).status).toBe(400);
  expect(calls.filter((call) => call === "WORKSPACE.read")).toHaveLength(20);
  expect((await get(url, {}, via)).status).toBe(303);
  pass(1);
  await ask("made-up-again");
  expect(calls.filter((call) => call === "WORKSPACE.read")).toHaveLength(21);
});

it("a workspace that is not there wakes no object of its name", async () => {
  calls.splice(0);
  const answer = await get(`${ORIGIN}/none-${random()}/.well-known/openid-configuration`, {}, via);
  expect([answer.status, calls]).toEqual([404, []]);
});

it("a name that no record can have is asked of nobody", async () => {
  pass(1);
  calls.splice(0);
  const paths = [
    "oauth2/authorize?client_id=a%2Fb",
    `oauth2/authorize?client_id=${"x".repeat(300)}`,
    "saml/a.b/metadata",
    `saml/${"x".repeat(65)}/metadata`,
  ];
  for (const path of paths) expect((await get(`${world.issuer}/${path}`, {}, via)).status).not.toBe(200);
  expect(calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
});

it("the audit object keeps ten refusals a second, whatever the number of isolates, and counts the rest", async () => {
  pass(2);
  const audit = env.AUDIT.getByName(`flood/${random()}`);
  const event = (n: number, type = "refused") => ({
    id: `${now()}-${String(n).padStart(3, "0")}`,
    event: { type, at: now(), workspace: "flood", where: "x", error: "x", reason: "x" } as AuditEvent,
  });
  // Two isolates, each within its own limit; what operators do is never pushed aside.
  await audit.append(Array.from({ length: 10 }, (_, n) => event(n)));
  await audit.append(Array.from({ length: 8 }, (_, n) => event(n + 10)));
  await audit.append([event(20, "configuration_changed")]);
  const types = async () =>
    Object.groupBy(
      (await audit.list(100, "", {})).map(({ event }) => event),
      ({ type }) => type,
    );
  expect((await types()).refused).toHaveLength(10);
  expect((await types()).configuration_changed).toHaveLength(1);
  expect((await types()).refusals_counted).toMatchObject([{ count: 8 }]);
  pass(1);
  await audit.append([event(30)]);
  expect((await types()).refused).toHaveLength(11);
});

it("refusals reach the audit object at most ten times a second and workspace, and the rest as one count", async () => {
  pass(2);
  calls.splice(0);
  const refusal = () => get(`${world.issuer}/oauth2/authorize?client_id=nobody`, {}, via);
  for (let n = 0; n < 30; n++) expect((await refusal()).status).toBe(400);
  expect(calls.filter((call) => call === "AUDIT.append")).toHaveLength(10);
  pass(2);
  await refusal();
  expect(calls.filter((call) => call === "AUDIT.append")).toHaveLength(11);
});
