/** What is kept of a sign-in has room in a row of the person's object, whatever the names are (64 KB a sign-in). */
import { expect, it } from "vitest";
import type { Broker } from "../../src/broker.ts";
import { Claim } from "../../src/config/claim.ts";
import { Client } from "../../src/config/client.ts";
import { WorkspaceSettings } from "../../src/config/workspace.ts";
import { openKeyring } from "../../src/crypto/keyring.ts";
import type { Authentication, JsonObject } from "../../src/flow.ts";
import { openLineage, openValues, sealLineage } from "../../src/steps/lineage.ts";

const LONG = "語".repeat(480);
const client = Client.parse({
  client_id: "app",
  client_name: "App",
  token_endpoint_auth_method: "none",
  redirect_uris: ["https://app.example.com/cb"],
});

interface Recorded {
  readonly context?: JsonObject;
  readonly values?: JsonObject;
}

/** @param long how long names and lists are */
async function kept(count: number, long: boolean, { context = {}, values }: Recorded = {}) {
  const name = (index: number) => (long ? `${LONG}${index}` : `a${index}`);
  const scopes = long ? Array.from({ length: 50 }, (_, index) => `${"s".repeat(100)}${index}`) : [];
  const each = Array.from({ length: count }, (_, index) => index);
  const claims = each.map((index) =>
    Claim.parse({ id: `c${index}`, name: name(index), type: "id_token", source_path: name(index), scopes }),
  );
  const workspace = { id: "w", claims, settings: WorkspaceSettings.parse({ name: "W" }) };
  const broker = { keyring: openKeyring(`k1:${"A".repeat(43)}`), workspace, now: () => 7 };
  const left_out = "missing" as const;
  const authentication: Authentication = {
    connection: "pool",
    method: "cognito",
    idp_sub: "s",
    context: Object.fromEntries(Object.entries(context).map(([one, value]) => [one, { value, lineage: [] }])),
    ran: {
      read: each.map((index) => ({ name: name(index), type: "string", left_out })),
      mapped: each.map((index) => ({ source: name(index), target: name(index), left_out })),
      changed: [],
      ...(values && { values }),
    },
  };
  const { lineage } = await sealLineage(broker as unknown as Broker, client, "s", authentication);
  const opened = await openLineage(broker as never, "s", lineage.lineage);
  const recorded = lineage.values && (await openValues(broker as never, "s", lineage.values));
  return { size: lineage.lineage.length, opened: opened!, values: recorded };
}

it("values are kept whole as far as there is room, those of the context first", async () => {
  const big = "x".repeat(15_000);
  const { values } = await kept(0, false, {
    context: { a: big, b: big },
    values: { one: big, two: big, three: "small" },
  });
  expect(Object.keys(values!.context)).toEqual(["a", "b"]);
  expect(Object.keys(values!.read)).toEqual(["one", "three"]);
  expect(values!.read["one"]).toBe(big);
});

it("a few names are kept as they are", async () => {
  const { opened } = await kept(3, false);
  expect(opened.shortened).toBeUndefined();
  expect([opened.read.length, opened.mapped.length, opened.claims.length]).toEqual([3, 3, 3]);
});

it("hundreds are shortened", async () => {
  const { size, opened } = await kept(800, false);
  expect(size).toBeLessThan(65_536);
  expect(opened).toMatchObject({ shortened: true, at: 7, connection: "pool" });
  expect(opened.read.length).toBe(10);
});

it("and so are the longest that the configuration takes, scopes and all", async () => {
  const { size, opened } = await kept(40, true);
  expect(size).toBeLessThan(65_536);
  expect(opened).toMatchObject({ shortened: true, at: 7, connection: "pool" });
});
