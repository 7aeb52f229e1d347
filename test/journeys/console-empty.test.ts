/** A deployment that has nothing yet: after the bootstrap key the console opens on its first step. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { ORIGIN, bindings } from "../bindings.ts";
import { Browser } from "../browser.ts";

/** Objects of other names than those of the other tests, nothing in KV, and an isolate that remembers nothing. */
async function emptyDeployment() {
  vi.resetModules();
  const { default: worker } = await import("../../src/index.ts");
  const elsewhere = { getByName: (name: string) => env.WORKSPACE.getByName(`empty/${name}`) };
  const empty = { ...env, WORKSPACE: elsewhere, CONFIG: { get: async () => null } } as never;
  return async (request: Request) => {
    const context = createExecutionContext();
    const response = await worker.fetch(request, empty, context);
    await waitOnExecutionContext(context);
    return response;
  };
}

/** Milliseconds: the whole Worker is loaded anew. */
const LONG = 30_000;

it(
  "opens on Getting started: what a workspace is, a form for the first, and no list",
  { timeout: LONG },
  async () => {
    const operator = new Browser("operator", await emptyDeployment());
    await operator.open(`${ORIGIN}/admin`);
    expect(operator.title).toBe("Sign in to the console");
    await operator.submit("enter", { key: bindings.BOOTSTRAP_KEY });
    const { url, status, html } = operator.page;
    expect([url.href, status, operator.title]).toEqual([`${ORIGIN}/admin`, 200, "Getting started"]);
    expect(html).toContain("First a workspace: one place where apps send people to sign in");
    expect(html).not.toContain("data-row");
    expect(html).toMatch(/<button[^>]* id="save"/);
  },
);
