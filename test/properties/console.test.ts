/** What holds on every page of the console, also on those that are added later: the list of pages is the console's own. */
import { exports } from "cloudflare:workers";
import { afterAll, describe, expect, it } from "vitest";
import type { Page } from "../../src/admin/console/page.ts";
import { PAGES } from "../../src/admin/console/pages/index.ts";
import { ALL_OPERATIONS } from "../../src/admin/openapi/document.ts";
import { app } from "../../src/app.ts";
import { API_AREAS, API_SCOPES, type ApiArea, type ApiScope } from "../../src/config/api-scopes.ts";
import { kindsOf } from "../../src/tools/config/kinds.ts";
import { bindings, ORIGIN } from "../bindings.ts";
import type { Page as Seen } from "../browser.ts";
import { Operator } from "../console.ts";
import { everyPage } from "../every-page.ts";
import { forms, links, type Form } from "../html.ts";
import { operatorClient } from "../operators.ts";
import { read } from "../pages/read.ts";
import { get } from "../raw.ts";

const TYPED = `'"><script>alert(3)</script><img src=x onerror='alert(4)'>`;
const LOCALE = "de-CH";

const { world, of, state } = await everyPage();
const asked = recordApi();
afterAll(() => asked.stop());

const operator = await Operator.enter(bindings.BOOTSTRAP_KEY, (request) => {
  request.headers.set("accept-language", `${LOCALE},en;q=0.5`);
  return exports.default.fetch(request);
});
/** As whoever may do everything sees it. */
const seen = new Map<Page, Seen>();
for (const page of PAGES) seen.set(page, await open(operator, page));
const whole = (page: Page) => seen.get(page)!.html;

const named = PAGES.map((page) => [page.path || "/", page] as const);
const posting = PAGES.filter(({ post }) => post);
/** Scopes that the forms of a page were seen to need. */
const written = new Map<Page, ReadonlySet<ApiScope>>();

function open(who: Operator, page: Page): Promise<Seen> {
  return who.at(...of(page));
}

const urlOf = (page: Page) => {
  const [workspace, path] = of(page);
  return new URL(`${ORIGIN}/admin/workspaces/${workspace}${path}`);
};

const sent = (who: Operator, page: Page, fields: Iterable<readonly [string, string]>) =>
  who.open(urlOf(page), {
    method: "POST",
    body: new URLSearchParams([...fields].map(([...field]) => field)),
    from: ORIGIN,
  });

async function writing(page: Page, work: () => Promise<Seen>): Promise<Seen> {
  const from = asked.all.length;
  const answer = await work();
  const needed = asked.all
    .slice(from)
    .flatMap(({ method, path }) => operationOf(method, path)?.scope ?? [])
    .filter((scope) => scope.endsWith(":write"));
  written.set(page, new Set([...(written.get(page) ?? []), ...needed]));
  return answer;
}

/** The page's own forms that can be sent; the one at the top signs out. */
const postForms = (html: string) =>
  forms(html).filter(
    ({ method, action, buttons }) => method === "post" && action !== "/admin/sign-out" && buttons.length > 0,
  );

/** A form as its first button sends it. */
function pressed({ fields, buttons }: Form, typed: (name: string, value: string) => string) {
  const [button] = buttons;
  const all = fields.map(([name, value]) => [name, typed(name, value)] as const);
  return button ? [...all, [button.name, button.value] as const] : all;
}

/** Names of the controls into which one can type. */
async function textsOf(html: string): Promise<ReadonlySet<string>> {
  const { tags } = await read(html);
  const isText = (type = "text") => ["text", "search", "password"].includes(type);
  return new Set(
    tags
      .filter(({ name, attributes }) =>
        name === "input"
          ? isText(attributes.get("type")) && !attributes.has("readonly")
          : name === "textarea",
      )
      .map(({ attributes }) => attributes.get("name") ?? ""),
  );
}

async function compressed(text: string): Promise<number> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

async function expectInert({ html, headers, url }: Seen): Promise<void> {
  const { tags } = await read(html);
  const scripts = tags.filter(({ name }) => name === "script").map(({ attributes }) => attributes.get("src"));
  expect(scripts, url.href).toEqual([expect.stringMatching(/^\/assets\/console\.[0-9a-f]{8}\.js$/)]);
  const images = tags.filter(({ name, attributes }) => name === "img" && attributes.get("src") === "x");
  expect(images, url.href).toEqual([]);
  const names = tags.flatMap(({ attributes }) => [...attributes.keys()]);
  expect(
    names.filter((name) => /^on|^style$/.test(name)),
    url.href,
  ).toEqual([]);
  expect(headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; .*script-src 'nonce-[\w-]{22}'; form-action 'self'; frame-ancestors 'none'/,
  );
  expect(headers.get("cache-control")).toBe("no-store");
}

describe.each(named)("%s", (_, page) => {
  it("opens, shows markup of every record inert, and tells times in the reader's language", async () => {
    const shown = seen.get(page)!;
    expect([shown.status, shown.url.href]).toEqual([200, urlOf(page).href]);
    await expectInert(shown);
    const format = new Intl.DateTimeFormat(LOCALE, {
      dateStyle: "medium",
      timeStyle: "short",
      timeZone: "UTC",
    });
    for (const [, at = "", text] of shown.html.matchAll(
      /<time datetime="([^"]+)" data-local="time">([^<]*)/g,
    ))
      expect(text).toBe(`${format.format(new Date(at))} UTC`);
  });

  it("is under 100 KB with its style sheets and script", async () => {
    const paths = [...whole(page).matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
    expect(paths).toHaveLength(3);
    const assets = await Promise.all(paths.map(async (path) => (await get(ORIGIN + path)).text));
    // A picture is as large as what it shows: it is counted as it travels, which is compressed.
    const count = page.path === "/data-lineage" ? compressed : async (text: string) => text.length;
    const sizes = await Promise.all([whole(page), ...assets].map(count));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
  });
});

it("numbers are in the reader's language", async () => {
  const reader = await Operator.enter(bindings.BOOTSTRAP_KEY, (request) => {
    request.headers.set("accept-language", "ar-EG");
    return exports.default.fetch(request);
  });
  const { html } = await reader.at(world.id);
  expect([...html.matchAll(/<strong>([^<]*)<\/strong>/g)].map(([, number]) => number)).toEqual([
    "١",
    "٠",
    "٠",
  ]);
});

describe("every form", () => {
  it("of another site does nothing, even where the cookie comes along", async () => {
    const unchanged = await state();
    for (const page of posting) {
      const url = urlOf(page);
      const cookie = operator.jar.header({ to: url, crossSite: false, navigation: true }) ?? "";
      const headers = {
        cookie,
        origin: "https://evil.example",
        "content-type": "application/x-www-form-urlencoded",
      };
      const [form] = postForms(whole(page));
      const fields = form ? pressed(form, (_, value) => value) : [];
      const body = new URLSearchParams(fields.map(([...field]) => field)).toString();
      const answer = await exports.default.fetch(url, { method: "POST", headers, body, redirect: "manual" });
      expect([page.path, answer.status]).toEqual([page.path, 403]);
    }
    expect(await state()).toBe(unchanged);
  });

  it("of an ended sign-in keeps what was typed, sealed, and sends it after the next one", async () => {
    for (const page of posting) {
      const ended = await Operator.withToken("over", 1);
      const fields = [["marker", "typed-before"]] as const;
      const held = await sent(ended, page, fields);
      expect([page.path, held.status, ended.title]).toEqual([page.path, 403, "Your sign-in has ended"]);
      expect(held.html).not.toContain("typed-before");
      const later = await writing(page, () => ended.submit("continue", { key: bindings.BOOTSTRAP_KEY }));
      // What it is to say to this, a missing name or a version that never was, is the page's own matter.
      expect([page.path, [200, 404, 422].includes(later.status)]).toEqual([page.path, true]);
    }
  });

  it("that was drawn from an older version shows both versions, and writes neither", async () => {
    const unchanged = await state();
    // A form that only adds is sent with what is not there to be seen (journeys/console-attributes.test.ts).
    const versioned = posting.filter(
      (page) => page.verb === undefined && postForms(whole(page)).some(hasVersion),
    );
    expect(versioned.length).toBeGreaterThan(12);
    for (const page of versioned)
      for (const form of postForms(whole(page)).filter(hasVersion)) {
        const fields = pressed(form, (name, value) =>
          name === "etag" ? OLD : FREE.includes(name) ? `${value} anew` : value,
        );
        const answer = await sent(operator, page, fields);
        expect([page.path, answer.status, answer.html]).toEqual([
          page.path,
          412,
          expect.stringContaining("Somebody else saved in between"),
        ]);
        if (fields.some(([, value]) => value.endsWith(" anew")))
          expect(answer.html, page.path).toMatch(/ anew<\/(?:bdi|pre)><\/td><td>/);
      }
    expect(await state()).toBe(unchanged);
  });

  it("that destroys says what will break and wants the name of it, which is shown again where it is another", async () => {
    const unchanged = await state();
    const destroying = PAGES.filter((page) => /<button[^>]*class="[^"]*danger/.test(whole(page)));
    expect(destroying.length).toBeGreaterThan(21);
    for (const page of destroying) {
      const buttons = postForms(whole(page)).flatMap((form) => form.buttons.map(({ id }) => id));
      expect([page.path, buttons]).toEqual([page.path, ["confirm"]]);
      expect(whole(page), page.path).toMatch(/<h2>What will break<\/h2><ul[^>]*><li><span>[^<]{20,}/);
      await open(operator, page);
      for (const name of ["", "another"]) {
        const answer = await operator.submit("confirm", { name });
        expect([page.path, answer.status, operator.said("field-error")]).toEqual([
          page.path,
          422,
          ["This is not its name. Nothing was done."],
        ]);
        expect(operator.form.fields).toContainEqual(["name", name]);
      }
    }
    expect(await state()).toBe(unchanged);
  });

  it("shows what is wrong at its field, keeps what was typed, and shows markup that was typed inert", async () => {
    for (const page of posting)
      for (const index of postForms(whole(page)).keys()) {
        const { html } = await open(operator, page);
        const form = postForms(html)[index];
        // The demo app is made once.
        if (!form) continue;
        const texts = await textsOf(html);
        const fields = pressed(form, (name, value) => (texts.has(name) ? TYPED : value));
        const answer = await writing(page, () => sent(operator, page, fields));
        expect([200, 422], page.path).toContain(answer.status);
        await expectInert(answer);
        if (answer.status !== 422) continue;
        expect(answer.html, page.path).toMatch(/class="field-error"/);
        const again = postForms(answer.html).flatMap((one) =>
          one.fields.map(([name, value]) => `${name}=${value}`),
        );
        for (const [name, value] of fields)
          if (value === TYPED) expect(again, page.path).toContain(`${name}=${value}`);
      }
    // Nothing was confirmed, so nothing but a recording has ended; what a workspace holds is asked for.
    for (const { method, path, query } of asked.all)
      if (method === "DELETE") expect(path + query).toMatch(/\/debug$|^\/workspaces\/[^/]+$/);
  });
});

/** A version that was, in the words of the API. */
const OLD = '"0"';
/** Members that may be any text: what is not valid is told before what is old. */
const FREE = ["name", "client_name", "display_name", "description"];
const hasVersion = ({ fields }: Form) => fields.some(([name]) => name === "etag");

describe("an operator", () => {
  const as = async (scopes: readonly string[]) => {
    const { token } = await operatorClient(scopes, [world.id, "system"]);
    return Operator.withToken(token);
  };
  const areas = Object.keys(API_AREAS) as ApiArea[];
  const pageAt = (href: string) => {
    const path = new URL(href, ORIGIN).pathname.replace(/^\/admin\/workspaces\/[^/]+/, "");
    return PAGES.find((page) => new RegExp(`^${page.path.replaceAll(/:\w+/g, "[^/]+")}$`).test(path));
  };
  const leadsTo = (html: string) =>
    [...links(html).values()].flatMap((href) =>
      href.startsWith("/admin/workspaces/") ? (pageAt(href) ?? []) : [],
    );

  it.each(areas)("without %s sees neither its pages nor a link to one", async (area) => {
    const other = await as(API_SCOPES.filter((scope) => !scope.startsWith(`${area}:`)));
    const closed = PAGES.filter((page) =>
      [page.area, ...(page.also ?? []), ...(page.writes ?? [])].includes(area),
    );
    expect(closed.length).toBeGreaterThan(0);
    for (const page of closed) {
      const { status, url, html } = await open(other, page);
      // The address of a workspace leads to the first page that is open.
      if (page.path === "") expect(url.pathname).not.toBe(urlOf(page).pathname);
      else expect([page.path, status, other.title]).toEqual([page.path, 403, "You may not do this"]);
      expect(leadsTo(html).filter((one) => one.path !== "" && closed.includes(one))).toEqual([]);
    }
  });

  it("who may only read sees no form and no link to one, and what they send all the same is refused", async () => {
    const unchanged = await state();
    const reader = await as(API_SCOPES.filter((scope) => scope.endsWith(":read")));
    for (const page of PAGES) {
      const { status, html } = await open(reader, page);
      expect([page.path, status]).toEqual([page.path, page.verb === "write" ? 403 : 200]);
      expect([page.path, postForms(html)]).toEqual([page.path, []]);
      expect(
        leadsTo(html).filter(({ verb }) => verb === "write"),
        page.path,
      ).toEqual([]);
      if (!page.post) continue;
      const [form] = postForms((await open(operator, page)).html);
      const refused = await sent(reader, page, form ? pressed(form, (_, value) => value) : []);
      // What is missing in a form is said before it is asked who sends it.
      expect(page.path === "/data-lineage" ? [403, 422] : [403], page.path).toContain(refused.status);
    }
    expect(await state()).toBe(unchanged);
  });

  it("who may not change operators changes nothing of system, where operators are", async () => {
    const other = await as(API_SCOPES.filter((scope) => scope !== "operators:write"));
    for (const { path } of PAGES.filter((page) => page.verb === undefined && !page.path.includes(":"))) {
      const { status, html } = await other.at("system", path);
      expect([path, status, postForms(html)]).toEqual([path, 200, []]);
      expect(
        leadsTo(html).filter(({ verb }) => verb === "write"),
        path,
      ).toEqual([]);
    }
  });

  it.each(areas)("who may do everything but change %s sees no button for it", async (area) => {
    const scope = `${area}:write` as const;
    const other = await as([...API_SCOPES.filter((one) => one !== scope), `${area}:read`]);
    const isClosed = (page: Page) =>
      (page.area === area && page.verb === "write") || (page.writes ?? []).includes(area);
    const showing = PAGES.filter(
      (page) => !isClosed(page) && (leadsTo(whole(page)).some(isClosed) || written.get(page)?.has(scope)),
    );
    for (const page of showing) {
      const { status, html } = await open(other, page);
      expect([page.path, status]).toEqual([page.path, 200]);
      expect([
        page.path,
        leadsTo(html)
          .filter(isClosed)
          .map(({ path }) => path),
      ]).toEqual([page.path, []]);
      if (written.get(page)?.has(scope) && postForms(whole(page)).length === 1)
        expect([page.path, postForms(html)]).toEqual([page.path, []]);
    }
  });

  it.each(areas)("who may do nothing but change %s finds no link that leads to a refusal", async (area) => {
    const other = await as([`${area}:write`]);
    const first = await other.at(area === "operators" ? "system" : world.id);
    const queue = [first];
    const known = new Set<Page | undefined>();
    const entered = new Set<string>();
    for (const { html, url } of queue)
      for (const href of links(html).values()) {
        const page = href.startsWith("/admin/workspaces/") ? pageAt(href) : undefined;
        // The address of a workspace leads to whichever page is open there: each is followed.
        if (!page || (page.path !== "" && known.has(page))) continue;
        if (page.path === "" && entered.has(href)) continue;
        known.add(page);
        entered.add(href);
        const next = await other.open(new URL(href, url));
        expect([page.path, next.status]).toEqual([page.path, 200]);
        queue.push(next);
      }
  });
});

describe("the console has nothing but the API:", () => {
  it("what it asks is in the API's description", () => {
    expect(asked.all.length).toBeGreaterThan(100);
    for (const { method, path } of asked.all)
      expect(operationOf(method, path), `${method} ${path}`).toBeDefined();
  });

  it("what its forms write is in a workspace's file, but for what is no configuration", () => {
    const kinds = new Set(
      asked.all
        .filter(({ method }) => method !== "GET")
        .map(({ path }) => /^\/workspaces\/[^/]+\/?([^/]*)/.exec(path)?.[1] || "settings")
        // A new seal changes nothing that there is to read.
        .filter((kind) => kind !== "reseal"),
    );
    const filed = kindsOf("system").map(({ name }) => name as string);
    expect([...kinds].filter((kind) => !filed.includes(kind))).toEqual([]);
    expect(kinds.size).toBeGreaterThan(10);
  });

  it("when that answers nothing, no page shows or does anything", async () => {
    const unchanged = await state();
    asked.refuse(true);
    for (const page of PAGES) {
      const answers = [await open(operator, page)];
      const [form] = postForms(whole(page));
      if (form)
        answers.push(
          await sent(
            operator,
            page,
            pressed(form, (_, value) => value),
          ),
        );
      for (const { status, html } of answers) {
        expect(html, page.path).not.toMatch(/alert\(1\)|evil/i);
        expect([200, 422, 503], page.path).toContain(status);
      }
    }
    asked.refuse(false);
    expect(await state()).toBe(unchanged);
  });
});

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: string;
}

function operationOf(method: string, path: string) {
  return ALL_OPERATIONS.find(
    (one) =>
      one.method === method.toLowerCase() &&
      new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, "[^/]*")}$`).test(path),
  );
}

/** What the console asks of the API in process; `refuse` lets it answer nothing but who asks. */
function recordApi() {
  const all: Asked[] = [];
  let refuses = false;
  let isConsole = false;
  const original = app.fetch;
  app.fetch = (request, ...rest) => {
    const { pathname, search: query } = new URL(request.url);
    const outer = pathname.startsWith("/admin");
    if (outer) isConsole = true;
    if (isConsole && pathname.startsWith("/api/")) {
      const path = pathname.slice("/api".length);
      all.push({ method: request.method, path, query });
      if (refuses && path !== "/operator") return Response.json({ title: "nothing today" }, { status: 503 });
    }
    const answer = Promise.resolve(original(request, ...rest));
    if (!outer) return answer;
    return answer.finally(() => {
      isConsole = false;
    });
  };
  return {
    all,
    refuse: (whether: boolean) => void (refuses = whether),
    stop: () => void (app.fetch = original),
  };
}
