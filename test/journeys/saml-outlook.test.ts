/** Certificates of providers are looked at in advance, wherever they come from; metadata by the alarm, again and again. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Workspace } from "../../src/store/workspace.ts";
import { clock } from "../../src/store/rows.ts";
import { Outlooks } from "../../src/store/workspace/outlooks.ts";
import { Versions } from "../../src/store/workspace/versions.ts";
import { api, must } from "../api.ts";
import { Browser } from "../browser.ts";
import { DAY, HOUR, now, pass } from "../clock.ts";
import { forgedIdp, signIn } from "../saml/forged-idp.ts";
import { keyOf, type Named } from "../saml/keys.ts";
import { bareOf } from "../saml/pem.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let soon: Named;
let late: Named;
const BY_METADATA = { idp_entity_id: undefined, sso_url: undefined, idp_certificates: undefined };

beforeAll(async () => {
  soon = await keyOf("ends-soon", { until: now() + 40 * DAY });
  late = await keyOf("ends-late", { until: now() + 80 * DAY });
});

beforeEach(async () => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  world = await makeWorld();
});

const metadata = (certificates: readonly Named[], root = "", entity = "https://idp") =>
  `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entity}"${root}><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${certificates
    .map(
      ({ certificate }) =>
        `<KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${bareOf(certificate)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`,
    )
    .join(
      "",
    )}<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.org/sso"/></IDPSSODescriptor></EntityDescriptor>`;

const publish = (body: string) => fetch(`https://keys.example.com/${world.id}`, { method: "PUT", body });
const address = () => ({ ...BY_METADATA, metadata_url: `https://keys.example.com/${world.id}` });

/** What is due is done, and told of. */
async function alarm() {
  const workspace = env.WORKSPACE.getByName(world.id);
  await runDurableObjectAlarm(workspace);
  pass(6);
  await runDurableObjectAlarm(workspace);
}

const endOf = async (id = "saml") =>
  (await must("GET", `workspaces/${world.id}/connections/${id}`))["certificates_expire_at"];
const alerts = async () => {
  const { body } = await api("GET", `workspaces/${world.id}/audit-events?type=alert`);
  return body["items"] as unknown as Record<string, unknown>[];
};

describe("the end of the last certificate is known of a connection", () => {
  it.each<[string, () => object]>([
    ["by hand", () => ({ idp_certificates: [late.certificate, soon.certificate] })],
    ["by metadata as XML", () => ({ ...BY_METADATA, metadata_xml: metadata([soon, late]) })],
    ["by metadata at an address", address],
  ])("%s", async (_, settings) => {
    await publish(metadata([soon, late]));
    await forgedIdp(world, "saml", { settings: settings() });
    expect(await endOf()).toBeUndefined();
    await alarm();
    const end = await endOf();
    expect(Math.abs(Number(end) - (now() + 80 * DAY))).toBeLessThan(DAY);
    // What is shown is ignored when it is sent back, as every read-only member is.
    const record = await must("GET", `workspaces/${world.id}/connections/saml`);
    await must("PUT", `workspaces/${world.id}/connections/saml`, { ...record, certificates_expire_at: 1 });
    await alarm();
    expect(await endOf()).toBe(end);
  });

  it("and of no other kind", async () => {
    await world.connection("pool");
    await alarm();
    expect(await endOf("pool")).toBeUndefined();
  });

  it("and goes with the connection, also where nothing would be looked at again", async () => {
    const rows = () =>
      runInDurableObject(env.WORKSPACE.getByName(world.id), (_, { storage: { sql } }) =>
        sql.exec("SELECT id FROM record WHERE kind = 'outlook'").toArray(),
      );
    await forgedIdp(world, "saml", { settings: { idp_certificates: [late.certificate] } });
    await alarm();
    expect(await rows()).toEqual([{ id: "saml" }]);
    await world.remove("connections/saml");
    expect(await rows()).toEqual([]);
  });
});

it("is told of 30, 7 and 1 days before, and when it has come", async () => {
  const by = await keyOf(`ends-${world.id}`, { until: now() + 40 * DAY });
  await forgedIdp(world, "saml", { settings: { idp_certificates: [by.certificate] } });
  await alarm();
  const end = Number(await endOf());
  const told: number[] = [];
  for (const day of [1, 9, 10, 11, 32, 33, 34, 38, 39, 40, 41, 43]) {
    pass(end - (40 - day) * DAY - now());
    await alarm();
    const items = await alerts();
    if (items.length > told.length) told.push(day);
    for (const item of items)
      expect(item).toMatchObject({ alert: "certificates_expiring", connection: "saml", expires_at: end });
  }
  expect(told).toEqual([10, 33, 39, 40]);
});

describe("metadata at an address", () => {
  it("are read again every six hours, so that a new certificate is known", async () => {
    const first = await keyOf(`first-${world.id}`, { until: now() + 40 * DAY });
    const second = await keyOf(`second-${world.id}`, { until: now() + 400 * DAY });
    await publish(metadata([first]));
    await forgedIdp(world, "saml", { settings: address() });
    await alarm();
    const before = Number(await endOf());
    await publish(metadata([first, second]));
    pass(5 * HOUR);
    await alarm();
    expect(await endOf()).toBe(before);
    pass(HOUR);
    await alarm();
    expect(Number(await endOf())).toBeGreaterThan(before + 300 * DAY);
  });

  it("that cannot be read are told of once, and keep what was known; then again when it happens anew", async () => {
    await publish(metadata([late]));
    await forgedIdp(world, "saml", { settings: address() });
    await alarm();
    const end = await endOf();
    for (const broken of ["<html>", metadata([])]) {
      await publish(broken);
      pass(6 * HOUR);
      await alarm();
      pass(HOUR);
      await alarm();
      expect(await endOf()).toBe(end);
      await publish(metadata([late]));
      pass(HOUR);
      await alarm();
      expect(await endOf()).toBe(end);
    }
    const unreadable = { alert: "metadata_unreadable", connection: "saml" };
    expect(await alerts()).toMatchObject([unreadable, unreadable]);
  });

  it("that were asked for while the connection was written say nothing of what it is now", async () => {
    await publish(metadata([soon]));
    await forgedIdp(world, "saml", { settings: address() });
    const ends = await runInDurableObject(env.WORKSPACE.getByName(world.id), (_, { storage }) => {
      const versions = new Versions(storage, clock);
      const looking = new Outlooks(versions, env).look(world.id);
      versions.write("connections", "saml", versions.read("connections", "saml")!.body, []);
      return looking;
    });
    expect(ends).toEqual([]);
    expect(await endOf()).toBeUndefined();
    await alarm();
    expect(await endOf()).toBeDefined();
  });

  it("of another provider that cannot be read do not end when those of the one before did", async () => {
    await publish(metadata([soon]));
    await forgedIdp(world, "saml", { settings: address() });
    await alarm();
    expect(await endOf()).toBeDefined();
    await world.patch("connections/saml", { settings: { metadata_url: `${address().metadata_url}-other` } });
    await alarm();
    expect(await endOf()).toBeUndefined();
  });

  it("that are over are not used", async () => {
    await publish(metadata([late], ` validUntil="${new Date(0).toISOString()}"`));
    await forgedIdp(world, "saml", { settings: address() });
    await alarm();
    expect(await endOf()).toBeUndefined();
    expect(await alerts()).toMatchObject([{ alert: "metadata_unreadable" }]);
  });

  it.each([
    ["PT20M", HOUR],
    ["PT2H", 2 * HOUR],
    ["P30D", 6 * HOUR],
  ])("that may be cached for %s are read again after %d seconds", async (duration, after) => {
    await publish(metadata([soon], ` cacheDuration="${duration}"`));
    await forgedIdp(world, "saml", { settings: address() });
    await alarm();
    const before = await endOf();
    await publish(metadata([late]));
    pass(after - 60);
    await alarm();
    expect(await endOf()).toBe(before);
    pass(60);
    await alarm();
    expect(Number(await endOf())).toBeGreaterThan(Number(before));
  });

  it("of a connection that is gone are not asked for", async () => {
    await publish("<html>");
    await forgedIdp(world, "saml", { settings: address() });
    await world.remove("connections/saml");
    await alarm();
    expect(await alerts()).toEqual([]);
  });
});

describe("what is kept of each connection, where an earlier version of this software", () => {
  /** The object wakes under this version. */
  const wake = () =>
    runInDurableObject(env.WORKSPACE.getByName(world.id), (_, state) => void new Workspace(state, env));

  /** As it left it: one value for all of them, or none. */
  async function earlier(written: (row: string) => string | undefined) {
    await runInDurableObject(env.WORKSPACE.getByName(world.id), (_, { storage: { sql } }) => {
      const { body } = sql.exec<{ body: string }>("SELECT body FROM record WHERE kind = 'outlook'").one();
      sql.exec("DELETE FROM record WHERE kind = 'outlook'");
      sql.exec("DELETE FROM meta WHERE name = 'outlooks'");
      const value = written(body);
      if (value !== undefined) sql.exec("INSERT INTO meta VALUES ('outlooks', ?)", value);
    });
    expect(await endOf()).toBeUndefined();
    await wake();
  }

  beforeEach(async () => {
    await publish(metadata([soon]));
    await forgedIdp(world, "saml", { settings: address() });
    await world.connection("pool");
    await alarm();
  });

  it("kept all of them in one value, is what it knew, and is looked at when it would have been", async () => {
    const end = await endOf();
    await earlier((row) => `{"saml":${row},"gone":${row}}`);
    expect(await endOf()).toBe(end);
    await publish(metadata([late]));
    pass(6 * HOUR);
    await alarm();
    expect(Number(await endOf())).toBeGreaterThan(Number(end));
  });

  it("was never there, stays as it is", async () => {
    const end = await endOf();
    await wake();
    expect(await endOf()).toBe(end);
  });

  it("looked at none, is found at once", async () => {
    const end = await endOf();
    await earlier(() => undefined);
    await alarm();
    expect(await endOf()).toBe(end);
  });
});

describe("metadata that cannot be read at a sign-in, by an isolate that never read them", () => {
  const FAILS = "server_error";
  const ENTITY = "https://idp.example.org/saml";

  /** What was read by the alarm is kept, and the provider is down from then on. */
  async function readOnce(root = "") {
    const app = await world.client("app");
    const by = await keyOf("provider");
    await publish(metadata([by], root, ENTITY));
    const idp = await forgedIdp(world, "saml", { settings: address() });
    await alarm();
    await publish("<html>");
    return () =>
      signIn(new Browser("ada"), app, idp).then(
        () => "signed in",
        (error: unknown) => String(error),
      );
  }

  it("are those that the alarm read last, for a day", async () => {
    const outcome = await readOnce();
    // What cannot be read meanwhile takes nothing away.
    pass(6 * HOUR);
    await alarm();
    expect(await outcome()).toBe("signed in");
    pass(17 * HOUR);
    expect(await outcome()).toBe("signed in");
    pass(HOUR);
    expect(await outcome()).toContain(FAILS);
  });

  it("and no longer than they are valid", async () => {
    const outcome = await readOnce(` validUntil="${new Date((now() + 2 * HOUR) * 1_000).toISOString()}"`);
    expect(await outcome()).toBe("signed in");
    pass(2 * HOUR);
    expect(await outcome()).toContain(FAILS);
  });

  it("are not those of another address", async () => {
    const outcome = await readOnce();
    await fetch(`https://keys.example.com/${world.id}-moved`, { method: "PUT", body: "<html>" });
    await world.patch("connections/saml", {
      settings: { metadata_url: `https://keys.example.com/${world.id}-moved` },
    });
    expect(await outcome()).toContain(FAILS);
  });

  it("are kept no longer than the connection", async () => {
    await readOnce();
    const kept = () => env.CONFIG.get(`${world.id}/metadata/saml`);
    expect(await kept()).toContain(ENTITY);
    await world.remove("connections/saml");
    expect(await kept()).toContain('"value":null');
  });
});
