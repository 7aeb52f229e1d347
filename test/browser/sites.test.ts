import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { request } from "./cli.ts";
import { story } from "./stage.ts";
import { allow, follow, openChooser, reads, seesTokens, signInAtPool } from "./steps.ts";

story(
  "the provider sends the browser back from another site, and the Lax cookies come along",
  async ({ page, issuer }) => {
    await openChooser(page, issuer);
    await follow(page, "Customers");
    const pending = (await page.context().cookies(issuer)).find(({ name }) =>
      name.startsWith("__Host-demo-p-"),
    );
    const { sameSite, secure, httpOnly, path } = pending!;
    assert.deepEqual(
      { sameSite, secure, httpOnly, path },
      { sameSite: "Lax", secure: true, httpOnly: true, path: "/" },
    );
    const callback = page.waitForRequest((sent) => sent.url().startsWith(`${issuer}/callback/customers?`));
    await signInAtPool(page, "ada");
    const headers = await (await callback).allHeaders();
    assert.equal(headers["sec-fetch-site"], "cross-site");
    assert.ok(headers.cookie?.includes(`${pending!.name}=`));
    await allow(page);
    await seesTokens(page);
    const left = (await page.context().cookies(issuer)).map(({ name }) => name);
    assert.deepEqual(left, ["__Host-demo-s"]);
  },
);

for (const where of ["origin", "neighbour"] as const)
  story(
    `a consent form that ${where === "origin" ? "another site" : "another port of our own host"} posts is refused, and the page stays open`,
    async ({ page, context, issuer, other }) => {
      const person = where === "origin" ? "bob" : "ada";
      await openChooser(page, issuer);
      await follow(page, "Staff");
      await signInAtPool(page, person);
      await reads(page, "Demo app asks for access");
      const action = await page.locator("form").getAttribute("action");
      other.show(
        "/attack",
        `<form method="post" action="${action}"><input name="scopes" value="openid"><input name="action" value="allow"></form><script>document.forms[0].submit()</script>`,
      );
      const attacked = await context.newPage();
      const posted = attacked.waitForRequest((sent) => sent.method() === "POST");
      await attacked.goto(`${other[where]}/attack`);
      await reads(attacked, "We did not do that");
      const { cookie = "", origin } = await (await posted).allHeaders();
      assert.equal(origin, other[where]);
      assert.equal(cookie.includes("__Host-demo-s"), where === "neighbour");
      await allow(page);
      await seesTokens(page);
    },
  );

story(
  "an app that takes its answer by form_post may lead on to another host of its own",
  async ({ page, issuer, other }) => {
    const posted = page.waitForRequest((sent) => sent.url() === `${other.origin}/callback`);
    const asked = { state: "posted", prompt: "none", response_mode: "form_post" };
    await page.goto(request(issuer, other.origin, asked), { waitUntil: "commit" });
    const answer = new URLSearchParams((await posted).postData() ?? "");
    assert.deepEqual([answer.get("state"), answer.get("error")], ["posted", "login_required"]);
    await page.waitForURL(`${other.neighbour}/app`);
    await reads(page, "Back at the app");
  },
);

story("two tabs keep two sign-ins apart", async ({ page, context, issuer, other }) => {
  const second = await context.newPage();
  for (const [tab, state] of [
    [page, "first"],
    [second, "second"],
  ] as const) {
    await tab.goto(request(issuer, other.origin, { state, idp_hint: "customers" }));
    await reads(tab, "Sign in");
  }
  await signInAtPool(second, "mina@corp.example");
  await allow(second, "Demo command line");
  await comesBack(second, issuer, "second");
  await signInAtPool(page, "mina@corp.example");
  await comesBack(page, issuer, "first");
});

story("two tabs keep two consent pages apart", async ({ page, context, issuer, other }) => {
  const second = await context.newPage();
  await page.goto(request(issuer, other.origin, { state: "first", idp_hint: "customers" }));
  await signInAtPool(page, "zoë");
  await reads(page, "Demo command line asks for access");
  await second.goto(request(issuer, other.origin, { state: "second", idp_hint: "customers" }));
  await reads(second, "Demo command line asks for access");
  await allow(page, "Demo command line");
  await comesBack(page, issuer, "first");
  await allow(second, "Demo command line");
  await comesBack(second, issuer, "second");
});

story(
  "of two connections the browser has one session, and only its consent page is answered",
  async ({ page, context, issuer, other }) => {
    const second = await context.newPage();
    await page.goto(request(issuer, other.origin, { state: "first", idp_hint: "customers" }));
    await signInAtPool(page, "bob");
    await reads(page, "Demo command line asks for access");
    await second.goto(request(issuer, other.origin, { state: "second", idp_hint: "staff" }));
    await reads(second, "Demo command line asks for access");
    await allow(page, "Demo command line");
    await reads(page, "Back at the app");
    const told = new URL(page.url()).searchParams;
    assert.deepEqual([told.get("state"), told.get("error")], ["first", "access_denied"]);
    await allow(second, "Demo command line");
    await comesBack(second, issuer, "second");
  },
);

story("two tabs of the demo app keep two sign-ins apart", async ({ page, context, issuer }) => {
  const second = await context.newPage();
  for (const tab of [page, second]) {
    await openChooser(tab, issuer);
    await follow(tab, "Customers");
    await reads(tab, "Sign in");
  }
  await signInAtPool(second, "zoë");
  await allow(second);
  await seesTokens(second);
  await signInAtPool(page, "zoë");
  await page.waitForURL(/[?&]code=/);
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "What the demo app sees");
});

story(
  "prompt=none is answered in the window, and in a frame of another site with login_required",
  async ({ page, local, issuer, other }) => {
    await remember(local.origin, local.secrets.bootstrap_key);
    await page.goto(request(issuer, other.origin, { state: "asked", idp_hint: "customers" }));
    await signInAtPool(page, "ada");
    await allow(page, "Demo command line");
    await reads(page, "Back at the app");
    const silent = request(issuer, other.origin, { state: "silent", prompt: "none" });

    await page.goto(silent);
    await reads(page, "Back at the app");
    const inWindow = new URL(page.url()).searchParams;
    assert.deepEqual([inWindow.get("state"), inWindow.has("code")], ["silent", true]);

    other.show(
      "/frame",
      `<title>Frame</title><h1>A page with a frame</h1><iframe title="silent" src="${silent.replaceAll("&", "&amp;")}"></iframe>`,
    );
    const answer = page.waitForRequest((sent) => sent.url().startsWith(`${other.origin}/callback?`));
    await page.goto(`${other.origin}/frame`);
    const inFrame = Object.fromEntries(new URL((await answer).url()).searchParams);
    assert.deepEqual(inFrame, {
      error: "login_required",
      error_description: "the person has to sign in first",
      state: "silent",
      iss: issuer,
    });
  },
);

story(
  "no page of ours shows in a frame, not even of our own host",
  async ({ page, issuer, other, complaints }) => {
    other.show(
      "/frame",
      `<title>Frame</title><h1>A page with a frame</h1><iframe title="portal" src="${issuer}/me"></iframe>`,
    );
    const refusal = page.waitForEvent("console");
    await page.goto(`${other.neighbour}/frame`);
    assert.match((await refusal).text(), /frame-ancestors 'none'/);
    assert.equal(complaints.splice(0).length, 1);
  },
);

/** The app has its answer: its own, and a good one. */
async function comesBack(tab: Page, issuer: string, state: string): Promise<void> {
  await reads(tab, "Back at the app");
  const answer = new URL(tab.url()).searchParams;
  assert.deepEqual(
    [answer.get("state"), answer.get("iss"), answer.get("error"), answer.has("code")],
    [state, issuer, null, true],
  );
}

/** So that a session answers without going to the provider. */
async function remember(origin: string, key: string): Promise<void> {
  const response = await fetch(`${origin}/api/workspaces/demo/connections/customers`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/merge-patch+json" },
    body: JSON.stringify({ config: { enable_stateful_ctx: true, stateful_ctx_duration: 3_600 } }),
  });
  assert.equal(response.status, 200, await response.text());
}
