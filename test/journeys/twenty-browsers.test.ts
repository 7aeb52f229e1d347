/** One person at twenty browsers at once: no update is lost, and nothing works once a withdrawal was acknowledged. */
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
const MANY = Array.from({ length: 20 }, (_, index) => index);
const scopes = MANY.map((index) => `s${index}`);

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  for (const scope of scopes) await world.put(`scopes/${scope}`, {});
  app = await world.client("app", {
    trusted: false,
    scope: `openid offline_access ${scopes.join(" ")}`,
  });
});

/** At the consent page, each for another scope. */
const asked = (person: string) =>
  Promise.all(
    scopes.map(async (scope) => {
      const browser = new Browser(person);
      const begun = await app.begin({ scope: `openid offline_access ${scope}` });
      await browser.open(begun.url);
      return { browser, begun, scope };
    }),
  );

async function allowed(person: string) {
  const waiting = await asked(person);
  return Promise.all(
    waiting.map(async ({ browser, begun, scope }) => {
      const tokens = await app.finish(await browser.submit("allow"), begun);
      expect(tokens.scope).toBe(`openid offline_access ${scope}`);
      return { browser, tokens };
    }),
  );
}

const worked = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  );

it("who agrees to something else in each has agreed to all of it", async () => {
  const [first] = await allowed("agrees");
  const { tokens } = first!;
  expect((await app.introspect(tokens.access_token)).active).toBe(true);
  const all = await app.signIn(first!.browser, { scope: `openid ${scopes.join(" ")}` });
  expect(all.scope).toBe(`openid ${scopes.join(" ")}`);
});

it("each has a session of its own, and all of them end at once", async () => {
  const given = await allowed("sessions");
  const [here] = given;
  await here!.browser.open(`${world.issuer}/me`);
  expect(here!.browser.page.html.match(/id="browser-/g)).toHaveLength(20);
  await here!.browser.submit("end-all");
  await Promise.all(
    given.map(async ({ browser }) => {
      await browser.open(`${world.issuer}/me`);
      expect(browser.title).toBe("Welcome to Test");
    }),
  );
});

it("while all of them refresh, ask and are asked about, one revokes: from its answer on nothing works", async () => {
  const given = await allowed("revokes");
  let acknowledged = false;
  let [before, after] = [0, 0];
  /** Counts what works, and fails for what began after the answer. */
  const attempt = async (call: () => Promise<boolean>) => {
    const late = acknowledged;
    const good = await call();
    if (good && !late) before++;
    if (late) after++;
    expect(good && late, "worked after the withdrawal was acknowledged").toBe(false);
  };
  const uses = given.map(async ({ tokens }) => {
    let refresh_token = tokens.refresh_token!;
    for (let round = 0, last = false; !last; round++) {
      last = acknowledged;
      await attempt(async () => {
        const next = await app.refresh(refresh_token).catch(() => undefined);
        refresh_token = next?.refresh_token ?? refresh_token;
        return next !== undefined;
      });
      await attempt(() => worked(app.userinfo(tokens.access_token)));
      await attempt(async () => (await app.introspect(tokens.access_token)).active);
      await attempt(async () => (await app.introspect(refresh_token)).active);
      // The one who revokes must come to their turn, too.
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(round).toBeLessThan(1_000);
    }
  });
  const { browser } = given[0]!;
  await browser.open(`${world.issuer}/me`);
  // Everything works for a while first.
  while (before < 100) await new Promise((resolve) => setTimeout(resolve, 1));
  await browser.submit("revoke-app");
  acknowledged = true;
  await Promise.all(uses);
  expect(after).toBeGreaterThanOrEqual(20 * 4);
  await browser.open((await app.begin({ scope: `openid ${scopes.join(" ")}` })).url);
  expect(browser.form.boxes).toHaveLength(20);
});
