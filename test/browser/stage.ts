import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { after, test } from "node:test";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { startLocal } from "../local/local.ts";
import { startOpenIdProvider } from "../local/op/index.ts";
import { freePort } from "../local/ports.ts";
import { findChromium, launch } from "./chromium.ts";
import { startOtherSite } from "./other-site.ts";
import { watch } from "./watch.ts";

const found = await findChromium();
const closing: (() => Promise<void>)[] = [];
after(() => Promise.all(closing.map((close) => close())));
let stage = "absent" in found ? undefined : await open(found.executablePath);
const skip = "absent" in found ? found.absent : false;

export type Stage = Awaited<ReturnType<typeof open>>;

/** One person at a browser of their own, with nothing in it yet. */
export interface Scene extends Stage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the console said. A story that provokes something takes it out; what is left fails it. */
  readonly complaints: string[];
}

/** A test in a real browser. Whatever it is about, the console stays empty: no policy is violated on the way. */
export function story(
  title: string,
  tell: (scene: Scene) => Promise<void>,
  options: BrowserContextOptions = {},
): void {
  const attempt = async (): Promise<void> => {
    assert.ok(stage);
    const context = await stage.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(10_000);
    const complaints = watch(context);
    const page = await context.newPage();
    try {
      await tell({ ...stage, context, page, complaints });
      assert.deepEqual(complaints, []);
    } catch (error) {
      const shown = await page
        .locator("h1")
        .allInnerTexts()
        .catch(() => []);
      const refused = stage.log.filter((line) => line.includes('"refused"')).at(-1) ?? "nothing was refused";
      throw new Error(`on ${page.url()} “${shown.join(" ")}”; ${refused}`, { cause: error });
    } finally {
      await context.close();
    }
  };
  // A browser that crashes on a busy machine says nothing about the page: once more, where nobody was before, and only then.
  test(title, { skip }, () =>
    attempt().catch(async (error: unknown) => {
      if (!(error instanceof Error && String(error.cause).includes("crashed")) || "absent" in found)
        throw error;
      stage = await open(found.executablePath);
      return attempt();
    }),
  );
}

/** Each test file has a Vestibule, a pool and a browser of its own, so files may run side by side. */
async function open(executablePath: string) {
  const folder = await mkdtemp(`${tmpdir()}/vestibule-`);
  const log: string[] = [];
  const port = await freePort();
  const partner = await startOpenIdProvider([partnerClient(`http://localhost:${port}`)]);
  const local = await startLocal({ folder, port, beside: partner, log: (line) => log.push(line) });
  const [browser, other] = [await launch(executablePath), await startOtherSite()];
  closing.push(async () => {
    await Promise.all([browser.close(), other.stop(), local.stop(), partner.stop()]);
    await rm(folder, { recursive: true });
  });
  return { local, partner, browser, other, issuer: `${local.origin}/demo`, log };
}

/** How the broker is known at a provider that has nothing to do with the pool. Its answer is a form: a cross-site POST. */
export function partnerClient(origin: string) {
  return {
    client_id: "vestibule",
    client_secret: "a-secret-of-the-partner",
    redirect_uris: [`${origin}/demo/callback/partner`],
  };
}
