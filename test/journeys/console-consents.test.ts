/** Consents in the console: found across people, one withdrawn, or all of an application. */
import { env } from "cloudflare:workers";
import { runDurableObjectAlarm } from "cloudflare:test";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { subjectObject } from "../../src/store/shards.ts";
import { api, must, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { pass } from "../clock.ts";
import { Operator } from "../console.ts";
import { operatorClient } from "../operators.ts";
import { refused } from "../refused.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let photos: RelyingParty;
let music: RelyingParty;
let operator: Operator;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  photos = await world.client("photos", { trusted: false, client_name: "Photo Book" });
  music = await world.client("music", { trusted: false, client_name: "Music Box" });
  operator = await Operator.enter();
});

async function agree(browser: Browser, app: RelyingParty) {
  const begun = await app.begin({ scope: "openid email offline_access" });
  await browser.open(begun.url);
  const tokens = await app.finish(await browser.submit("allow"), begun);
  const subject = decodeJwt(tokens.id_token!).sub!;
  await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, subject)));
  return { browser, tokens, subject };
}

const rows = () => operator.page.html.match(/<tr role="row">/g)?.length ?? 1;
const shownFor = (subject: string, app: string) => operator.links.has(`withdraw-${subject}-${app}`);

describe("they are found", { timeout: 30_000 }, () => {
  it("of everybody, by application, by person and by address", async () => {
    const ada = await agree(new Browser("ada"), photos);
    const zoe = await agree(new Browser("zoe"), music);
    await operator.at(world.id, "/consents");
    expect([operator.title, shownFor(ada.subject, "photos"), shownFor(zoe.subject, "music")]).toEqual([
      "Consents",
      true,
      true,
    ]);
    expect(operator.page.html).toContain("<bdi>openid email offline_access</bdi>");
    for (const query of ["client_id=music", `subject=${zoe.subject.slice(0, 8)}`, "email=ZOE@example.com"]) {
      await operator.at(world.id, `/consents?${query}`);
      expect([query, rows(), shownFor(zoe.subject, "music")]).toEqual([query, 2, true]);
    }
    await operator.at(world.id, "/consents?client_id=nobody");
    expect(operator.said("empty")).toEqual(["Nobody agreed to anything that fits."]);
  });

  it("by an application that the person came to with the cached context, without their provider", async () => {
    const { browser, subject } = await agree(new Browser("resumes"), photos);
    await agree(browser, music);
    await operator.at(world.id, `/consents?client_id=music&subject=${subject}`);
    expect([rows(), shownFor(subject, "music")]).toEqual([2, true]);
  });

  it("a page at a time, and whoever agreed to nothing is passed over", async () => {
    for (let i = 0; i < 3; i++) await agree(new Browser(`many-${i}`), photos);
    const seen: string[] = [];
    for (let after = ""; ;) {
      const page = await must(
        "GET",
        `workspaces/${world.id}/consents?client_id=photos&limit=1&after=${after}`,
      );
      seen.push(...(page["items"] as unknown as { subject: string }[]).map(({ subject }) => subject));
      if (page["next"] === undefined) break;
      after = String(page["next"]);
    }
    expect(seen.length).toBeGreaterThanOrEqual(4);
    expect(seen).toEqual([...new Set(seen)].toSorted());
  });

  it("at most fifty people at once: each of them is a call", async () => {
    expect(problem(await api("GET", `workspaces/${world.id}/consents?limit=51`))).toEqual([
      400,
      "limit must be a number from 1 to 50",
    ]);
  });
});

describe("they are withdrawn", { timeout: 30_000 }, () => {
  it("one of one person, by whoever types who it is", async () => {
    const { browser, subject, tokens } = await agree(new Browser("one"), photos);
    await operator.at(world.id, `/consents?subject=${subject}`);
    await operator.click(`withdraw-${subject}-photos`);
    await operator.submit("confirm", { name: subject.slice(0, 8) });
    expect(await photos.introspect(tokens.access_token)).toEqual({ active: false });
    await operator.at(world.id, `/consents?subject=${subject}`);
    expect(operator.said("empty")).toEqual(["Nobody agreed to anything that fits."]);
    await browser.open((await photos.begin({ scope: "openid email" })).url);
    expect(browser.title).toBe("Photo Book asks for access");
  });

  it("all of an application at once: tokens end, everybody is asked again, others keep theirs", async () => {
    const app = await world.client("withdrawn", { trusted: false, client_name: "Old <b>App</b>" });
    const people = [await agree(new Browser("left"), app), await agree(new Browser("right"), app)];
    const other = await agree(people[0]!.browser, music);
    await operator.at(world.id, "/consents?client_id=withdrawn");
    await operator.click("withdraw-all");
    expect(operator.page.html).not.toContain("<b>App</b>");
    await operator.submit("confirm", { name: "wrong" });
    expect(operator.said("field-error")).toEqual(["This is not its name. Nothing was done."]);
    expect(await app.introspect(people[0]!.tokens.access_token)).toMatchObject({ active: true });
    await operator.submit("confirm", { name: "Old <b>App</b>" });
    expect([operator.said("notice-title"), operator.said("empty")]).toEqual([
      ["Withdrawn. Within ten seconds the application has nothing of anybody any more."],
      ["Nobody agreed to anything that fits."],
    ]);
    pass(11);
    for (const { tokens, browser } of people) {
      expect(await app.introspect(tokens.access_token)).toEqual({ active: false });
      expect(await refused(app.refresh(tokens.refresh_token!))).toMatchObject({ error: "invalid_grant" });
      await browser.open((await app.begin({ scope: "openid email" })).url);
      expect(browser.title).toBe("Old <b>App</b> asks for access");
    }
    expect(await music.introspect(other.tokens.access_token)).toMatchObject({ active: true });
  });
});

describe("an operator", { timeout: 30_000 }, () => {
  const withScopes = async (scopes: string[]) => {
    const { token } = await operatorClient(scopes, [world.id]);
    return Operator.withToken(token);
  };

  it("without the scope sees neither page nor link, who may only read no button, and the API refuses", async () => {
    const { subject } = await agree(new Browser("guarded"), photos);
    const stranger = await withScopes(["clients:write"]);
    await stranger.at(world.id, "/consents");
    expect([stranger.page.status, stranger.links.has("to-consents")]).toEqual([403, false]);
    const reader = await withScopes(["subjects:read", "clients:read"]);
    await reader.at(world.id, `/consents?client_id=photos&subject=${subject}`);
    expect([reader.links.has(`row-${subject}-photos`), reader.links.has("withdraw-all")]).toEqual([
      true,
      false,
    ]);
    expect(reader.links.has(`withdraw-${subject}-photos`)).toBe(false);
    for (const path of ["/consents/photos/withdraw", `/people/${subject}/consents/photos`]) {
      await reader.at(world.id, path);
      expect(reader.page.status).toBe(403);
    }
  });
});
