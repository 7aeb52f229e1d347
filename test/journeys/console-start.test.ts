/** From a new workspace to a first sign-in, in the console alone; and what the other pages do to people and keys. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { subjectObject } from "../../src/store/shards.ts";
import { api, must } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import { now, pass } from "../clock.ts";
import { Operator } from "../console.ts";
import { forgedIdp } from "../saml/forged-idp.ts";
import { keyOf } from "../saml/keys.ts";
import { makeWorld, random } from "../world.ts";

let operator: Operator;
beforeAll(async () => {
  operator = await Operator.enter();
});

/** Milliseconds: these are whole stories, and a machine may be slow. */
const LONG = 30_000;

describe("a new workspace", { timeout: LONG }, () => {
  const id = `new-${random()}`;

  it("is made in a form, and leads to the first connection, the demo app and a sign-in", async () => {
    await operator.open(`${ORIGIN}/admin`);
    await operator.submit("save", { name: "New", id: "No such id" });
    expect([operator.page.status, operator.said("field-error")]).toEqual([
      422,
      ["2 to 40 of a-z, 0-9 and -"],
    ]);
    await operator.submit("save", { id });
    expect([operator.title, operator.page.url.pathname]).toEqual([
      "Getting started",
      `/admin/workspaces/${id}/getting-started`,
    ]);
    await operator.click("create");
    await operator.open(`${operator.page.url.href}?template=cognito`);
    await operator.submit("save", {
      id: "first",
      name: "First",
      "settings.pool_id": `eu-central-1_0${random()}`,
      "settings.region": "eu-central-1",
      "settings.client_id": "app",
      "credentials.client_secret": "an-upstream-secret",
    });
    expect(operator.title).toBe("First");
    await operator.at(id, "/getting-started");
    await operator.submit("make-demo");
    const test = operator.links.get("test-first")!;
    expect(test).toBe(`${ORIGIN}/${id}/demo/login?idp_hint=first`);

    const person = new Browser("ada");
    await person.open(test);
    await person.submit("allow");
    expect(person.title).toBe("What the demo app sees");
    expect(person.page.html).toContain("authn_ctx.email");
    const [, sub = ""] = /<bdi>([0-9a-f]{64})<\/bdi>/.exec(person.page.html)!;
    await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(id, sub)));
    await operator.at(id, "/getting-started");
    expect(operator.links.get("row-last")).toBe(`/admin/workspaces/${id}/people/${sub}`);
    // The whole context, where each of it came from, and which tokens have it.
    const rows = Object.fromEntries(
      [...operator.page.html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)]
        .map(([, row = ""]) =>
          [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell = ""]) =>
            cell.replaceAll(/<[^>]*>/g, "").trim(),
          ),
        )
        .map(([name, ...cells]) => [name, cells]),
    );
    expect(rows).toMatchObject({
      email: ["id_token.email", "ID token, user info"],
    });
  });

  it("cannot be made twice", async () => {
    await operator.open(`${ORIGIN}/admin`);
    await operator.submit("save", { name: "Other", id });
    expect(operator.said("field-error")).toEqual(["is taken: there is a record with this id already"]);
    expect(await must("GET", `workspaces/${id}`)).toMatchObject({ name: "New" });
  });
});

describe("a person", { timeout: LONG }, () => {
  it("is found by e-mail address; a session, a grant and the person end by name", async () => {
    const world = await makeWorld();
    await world.connection("pool");
    const app = await world.client("app", { redirect_uris: ["https://app.example.com/cb"] });
    const { id_token, access_token } = await app.signIn(new Browser("ada"), {
      scope: "openid email offline_access",
    });
    expect(id_token).toBeTruthy();
    const { sub } = (await app.userinfo(access_token)) as { sub: string };
    await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, sub)));
    await operator.at(world.id, "/people?email=ada%40example.com");
    await operator.click(`row-${sub}`);
    for (const what of ["sessions", "grants"]) {
      const [link] = [...operator.links.keys()].filter((id) => id.startsWith(`${what}-`));
      await operator.click(link!);
      await operator.submit("confirm", { name: "somebody" });
      expect(operator.page.status).toBe(422);
      await operator.submit("confirm", { name: sub.slice(0, 8) });
      expect(operator.said("notice-title")).toEqual(["Ended. Nothing of it is accepted any more."]);
    }
    const left = await must("GET", `workspaces/${world.id}/subjects/${sub}`);
    expect([left["sessions"], left["grants"]]).toEqual([[], []]);
    await operator.click("erase");
    await operator.submit("confirm", { name: sub.slice(0, 8) });
    expect(operator.said("notice-title")).toEqual(["The person is erased."]);
    expect((await api("GET", `workspaces/${world.id}/subjects/${sub}`)).status).toBe(404);
  });
});

it("a key is revoked by whoever types the name of the workspace", { timeout: LONG }, async () => {
  const world = await makeWorld();
  const keys = async () => (await must("GET", `workspaces/${world.id}/keys`))["items"] as unknown as Key[];
  const kid = (await keys())[0]?.kid ?? "";
  await operator.at(world.id, "/keys");
  await operator.click(`revoke-${kid}`);
  expect(operator.page.html).toContain("Within ten seconds nothing that the key");
  await operator.submit("confirm", { name: kid });
  expect(operator.page.status).toBe(422);
  await operator.submit("confirm", { name: world.id });
  expect((await keys()).find((key) => key.kid === kid)?.revoked_at).toBeGreaterThan(0);
});

interface Key {
  readonly kid: string;
  readonly revoked_at?: number;
}

it(
  "an application's secret is shown once, when it is made and when it is made anew",
  { timeout: LONG },
  async () => {
    const world = await makeWorld();
    const created = {
      client_id: "shop",
      client_name: "Shop",
      redirect_uris: "https://shop.example.com/cb\nhttp://evil",
    };
    await operator.at(world.id, "/applications/create");
    await operator.submit("save", created);
    expect(operator.said("field-error")[0]).toMatch(/^Line 2: must be an https URL/);
    await operator.submit("save", { redirect_uris: "https://shop.example.com/cb" });
    expect(operator.title).toBe("The secret of the application");
    expect(operator.page.html).toMatch(/id="client_secret"[^>]*value="[\w-]{43}"/);
    await operator.click("go-on");
    expect(operator.page.html).not.toMatch(/value="[\w-]{43}"/);
    await operator.click("new-secret");
    await operator.submit("confirm", { name: "Shop" });
    expect(operator.page.html).toMatch(/id="client_secret"[^>]*value="[\w-]{43}"/);
  },
);

it(
  "the audit log is filtered by what is asked for, and an event leads to others like it",
  { timeout: LONG },
  async () => {
    const world = await makeWorld();
    await world.put("scopes/orders", { display_name: "Orders" });
    await runDurableObjectAlarm(env.WORKSPACE.getByName(world.id));
    await operator.at(world.id, "/audit-log?type=configuration_changed");
    expect(operator.page.html).toContain("<strong>configuration changed</strong>");
    expect(operator.page.html).toContain("orders");
    await operator.at(world.id, "/audit-log?type=sign_in");
    expect(operator.said("empty")[0]).toBe("Nothing fits.");
  },
);

describe("the overview", { timeout: LONG }, () => {
  it("draws sign-ins by connection and outcome, says the same as a table, and why some failed", async () => {
    const world = await makeWorld();
    await world.connection("pool", { faults: ["wrong-nonce"] });
    await world.connection("good");
    const app = await world.client("app");
    await app.signIn(new Browser("ada"), { idp_hint: "good" });
    const { sub } = (await app.userinfo(
      (await app.signIn(new Browser("ada"), { idp_hint: "good" })).access_token,
    )) as {
      sub: string;
    };
    await new Browser("bob").open((await app.begin({ idp_hint: "pool" })).url);
    await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, sub)));
    await operator.at(world.id);
    const { html } = operator.page;
    expect(html).toContain("good, signed in");
    expect(html).toContain("pool, refused");
    expect(html).toMatch(/<rect class="bad"/);
    expect(html).toMatch(/A token of another sign-in came/);
    expect(html).toMatch(/<th scope="col"><bdi>good, signed in<\/bdi><\/th>/);
  });

  it("names what needs attention: no way in, and secrets that end soon", async () => {
    const world = await makeWorld();
    await operator.at(world.id);
    expect(operator.attention()).toEqual(["Nobody can sign in yet."]);
    await world.connection("pool", { credentials_expire_at: now() + 86_400 });
    await world.client("app", { credentials_expire_at: now() - 86_400 });
    await operator.at(world.id);
    const [connection, client] = operator.attention();
    expect(connection).toMatch(/^The secret of the connection Connection pool ends on /);
    expect(client).toMatch(/^The secret or keys of Client app ended on /);
  });

  it("and a SAML provider whose last certificate ends soon, which the connection's form shows as well", async () => {
    const world = await makeWorld();
    const { certificate } = await keyOf("console", { until: now() + 10 * 86_400 });
    await forgedIdp(world, "saml", { settings: { idp_certificates: [certificate] } });
    await runDurableObjectAlarm(env.WORKSPACE.getByName(world.id));
    await operator.at(world.id);
    expect(operator.attention()).toEqual([
      expect.stringMatching(/^The provider certificate of the connection Connection saml ends on /),
    ]);
    await operator.at(world.id, "/identity-providers/saml");
    expect(operator.page.html).toMatch(
      /id="certificates_expire_at">The provider(?:'|&#39;)s last certificate ends on/,
    );
  });

  it("names a connection that fails five times in a row, and leads to it", async () => {
    const world = await makeWorld();
    await world.connection("pool", { faults: ["wrong-nonce"] });
    await world.connection("good");
    const app = await world.client("app");
    const fail = async () => new Browser("bob").open((await app.begin({ idp_hint: "pool" })).url);
    for (let times = 0; times < 4; times++) await fail();
    await operator.at(world.id);
    expect(operator.attention()).toEqual([]);
    await fail();
    await operator.at(world.id);
    expect(operator.attention()).toEqual(["The connection pool fails."]);
    expect(operator.page.html).toContain("5 sign-ins in a row; the last one because of “nonce”.");
    pass(86_401);
    await operator.at(world.id);
    expect(operator.attention()).toEqual([]);
  });
});
