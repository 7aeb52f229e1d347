/** The console over a workspace of hundreds of identity providers and applications: what is there is found, wherever it stands in a list. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import type { Graph } from "../../src/admin/lineage/node.ts";
import { must } from "../api.ts";
import { Browser } from "../browser.ts";
import { Operator } from "../console.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let operator: Operator;

/** Copies of a record, of ids that come before its own: as many as by a thousand requests, in one step. */
async function copies(kind: string, member: string, name: string, of: string, count: number): Promise<void> {
  await runInDurableObject(env.WORKSPACE.getByName(world.id), (_, { storage: { sql } }) => {
    sql.exec(
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?4 - 1)
       INSERT INTO record SELECT kind, 'a-' || i, version,
         json_set(body, '$.' || ?3, 'a-' || i, '$.' || ?5, 'Number ' || i, '$.disabled', json('false'))
       FROM record, n WHERE kind = ?1 AND id = ?2`,
      kind,
      of,
      member,
      count,
      name,
    );
  });
}

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("plain");
  await world.client("app-plain");
  await copies("connections", "id", "name", "plain", 220);
  await copies("clients", "client_id", "client_name", "app-plain", 520);
  await world.remove("connections/plain");
  await world.put("schema/level", { type: "number" });
  const mappings = ["level", "email"].map((target) => ({ source: "id_token.email", target }));
  await world.connection("z-last", { name: "The last one", mappings });
  operator = await Operator.enter();
});

const lineage = async (query: string) =>
  (await must("GET", `workspaces/${world.id}/lineage?${query}`)) as unknown as Graph & { more: string[] };
const boxes = (html: string, what: RegExp) =>
  [...html.matchAll(/<title>([^<]*)<\/title>/g)].filter(([, title = ""]) => what.test(title));

it("the overview looks at every connection whose secret ends, and first at those that people sign in by", async () => {
  const soon = Math.floor(Date.now() / 1_000) + 86_400;
  await operator.at(world.id);
  expect(operator.attention()).toEqual([]);
  const app = await world.client("z-app");
  const { sub } = decodeJwt((await app.signIn(new Browser("ada"), { idp_hint: "z-last" })).id_token!);
  await runDurableObjectAlarm(env.SUBJECT.getByName(`${world.id}/${sub}`));
  await world.patch("connections/z-last", { credentials_expire_at: soon });
  const { html } = await operator.at(world.id);
  expect(operator.attention()).toEqual([
    expect.stringContaining("The secret of the connection The last one ends on"),
    "The mapping of id_token.email to level never gives a value.",
  ]);
  expect(html.length).toBeLessThan(20_000);
  expect(await must("GET", `workspaces/${world.id}/silent-mappings`)).toMatchObject({ more: true });
});

it("workspaces are searched as other lists are", async () => {
  const found = await operator.open(`http://localhost:8787/admin?search=${world.id}`);
  expect(found.html).toContain(`href="/admin/workspaces/${world.id}"`);
  await operator.submit("find", { search: "nothing-like-it" });
  expect(operator.page.html).toContain("No workspace has that in its ID.");
});

it("data lineage reads the one that is asked for beside the first ones, and says of which there are more", async () => {
  const whole = await lineage("");
  expect(whole.more).toEqual(["connections", "clients"]);
  expect(whole.nodes.some(({ connection }) => connection === "z-last")).toBe(false);
  const { nodes } = await lineage("connection=z-last");
  expect(new Set(nodes.flatMap(({ connection }) => connection ?? []))).toEqual(new Set(["z-last"]));
  const one = await lineage("client_id=z-app");
  expect(one.nodes.filter(({ column }) => column === "client").map(({ name }) => name)).toEqual(["z-app"]);
});

it("the picture is of twenty and fifty, what is on the chosen way first, and says so", async () => {
  for (const query of ["", "?unfolded=on", "?node=context:email"]) {
    const { html } = await operator.at(world.id, `/data-lineage${query}`);
    expect(html).toContain(
      "There are more than can be drawn: these are 20 identity providers and 50 applications.",
    );
    expect(boxes(html, /^Source a-\d+: ID token/)).toHaveLength(20);
    expect(boxes(html, /^Application /)).toHaveLength(50);
    expect(html.length).toBeLessThan(500_000);
  }
  // Otherwise it is not among the first fifty.
  const { html } = await operator.at(world.id, "/data-lineage?node=client:a-5");
  expect(boxes(html, /^Application a-5\b/)).toHaveLength(1);
});

it("one that is not drawn is chosen by its ID, by its name, or among those that have it in theirs", async () => {
  await operator.at(world.id, "/data-lineage");
  const { html, url } = await operator.submit("filter", { connection: "the LAST", client: "z-app" });
  expect(url.searchParams.get("connection")).toBe("z-last");
  expect(boxes(html, /^Attribute email: .*from the ID token of the connection z-last/)).toHaveLength(1);
  expect(boxes(html, /^Application /)).toHaveLength(1);
  expect(html).not.toContain("can be drawn");
  await operator.submit("filter", { connection: "Number 21", client: "" });
  expect(operator.page.html).toContain(
    "No identity provider has the ID <bdi>Number 21</bdi>. These have it in their names:",
  );
  expect(operator.page.html).toContain(">Number 210 (a-210)<");
  expect((await operator.submit("filter", { connection: "", client: "<b>" })).html).toContain(
    "No application has the ID <bdi>&lt;b&gt;</bdi>, and no name has it in it.",
  );
  // What is chosen can be led on by the forms, too.
  await operator.at(world.id, "/data-lineage?connection=z-last&node=attribute:z-last:id_token.email");
  await operator.submit("map", { target: "nickname" });
  expect(operator.page.html).toContain("email is mapped to nickname");
});

it("what breaks with a mapping of one that is not drawn is told, and nothing of those that were not read", async () => {
  const { mappings } = (await must("GET", `workspaces/${world.id}/connections/z-last`)) as unknown as {
    mappings: { target: string }[];
  };
  const place = 1 + mappings.findIndex(({ target }) => target === "level");
  const { html } = await operator.at(world.id, `/identity-providers/z-last/mappings/${place}/remove`);
  expect(html).toContain("<span>“level” of the authentication context has no source here any more.</span>");
});
