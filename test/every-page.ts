/** A workspace with something on every page of the console, and markup in every text that the API takes. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Page } from "../src/admin/console/page.ts";
import { recordSchemas } from "../src/admin/openapi/schemas.ts";
import { RESOURCES } from "../src/admin/resources.ts";
import { subjectObject } from "../src/store/shards.ts";
import { api, must } from "./api.ts";
import { Browser } from "./browser.ts";
import { now, pass } from "./clock.ts";
import { addressOf } from "./console-addresses.ts";
import { script } from "./scripts.ts";
import { makeWorld, type World } from "./world.ts";

const MARKUP = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;

export interface EveryPage {
  readonly world: World;
  /** Workspace and path of a page; its parameters name what is there. */
  readonly of: (page: Page) => readonly [string, string];
  /** Everything that operators write or end, as the API has it. */
  readonly state: () => Promise<string>;
}

interface Person {
  readonly sessions: readonly { readonly id: string }[];
  readonly grants: readonly { readonly id: string }[];
}

export async function everyPage(): Promise<EveryPage> {
  const world = await makeWorld({ lineage_values_until: now() + 3_600 });
  const at = `workspaces/${world.id}`;
  await world.put("scripts/evil", {
    name: "Evil",
    body: script(
      `console.log(${JSON.stringify(MARKUP)}); return { authn_ctx: { nickname: ${JSON.stringify(MARKUP)} } };`,
    ),
    test_inputs: [{ name: MARKUP, input: MARKUP }],
  });
  await must("PUT", `${at}/scripts/evil/debug`);
  await world.connection("pool", { post_authn_ctx_script: "evil" });
  await world.connection("other");
  await world.put("linking-rules/evil", { connections: ["pool", "other"] });
  await world.put("scopes/evil", {});
  await world.put("schema/evil", { type: "string" });
  await world.put("apis/evil", { identifier: "https://api.example.com", name: "Evil" });
  await world.put("claims/evil", { name: "evil", type: "id_token", source_path: "evil" });
  await world.put("secrets/evil", { secret: MARKUP });
  await must("PUT", "workspaces/system/features/custom_apps", { enabled: true });
  await world.put("features/custom_apps", { enabled: true });
  pass(11);
  await world.put("custom-apps/evil", { name: "Evil", url: "https://app.example.com/" });
  const disabled = {
    access_email: "nobody@example.com",
    scopes: ["audit:read"],
    workspaces: [world.id],
    disabled: true,
  };
  await must("PUT", "workspaces/system/operators/evil", disabled);

  const app = await world.client("app", { trusted: false });
  const ada = new Browser("ada");
  ada.person.claims = { given_name: MARKUP };
  const begun = await app.begin({ scope: "openid profile email offline_access", idp_hint: "pool" });
  await ada.open(begun.url);
  const { access_token } = await app.finish(await ada.submit("allow"), begun);
  const { sub } = (await app.userinfo(access_token)) as { sub: string };
  // Listed once their object has told the directory.
  await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, sub)));

  await fillWithMarkup(world);
  const person = (await must("GET", `${at}/subjects/${sub}`)) as unknown as Person;
  const { items: keys } = (await must("GET", `${at}/keys`)) as unknown as { items: { kid: string }[] };
  const { attributes } = (await must("GET", `${at}/connections/pool`)) as unknown as { attributes: object[] };
  const ids = {
    "": "evil",
    "identity-providers": "pool",
    create: "cognito?id=fresh",
    applications: "app",
    people: sub,
    // What nothing uses stands last.
    attributes: String(attributes.length),
    mappings: "1",
    sessions: person.sessions[0]?.id ?? "",
    "sign-ins": person.sessions[0]?.id ?? "",
    grants: person.grants[0]?.id ?? "",
    identities: "other",
    consents: "app",
    keys: keys[0]?.kid ?? "",
  };
  return {
    world,
    of: ({ path, system }) => [system ? "system" : world.id, addressOf(path, ids)],
    async state() {
      const paths = [
        at,
        `${at}/keys`,
        `${at}/subjects/${sub}`,
        "workspaces/system/operators/evil",
        ...RESOURCES.filter(({ system }) => !system).map(({ record }) => `${at}/${record}?limit=200`),
      ];
      return JSON.stringify(await Promise.all(paths.map(async (path) => (await api("GET", path)).body)));
    },
  };
}

/** Each member that is a text, in the record of each kind; what is not taken is a text with a form of its own. */
async function fillWithMarkup(world: World): Promise<void> {
  const { id } = world;
  const schemas = recordSchemas() as Record<string, Schema>;
  for (const [kind, schema] of Object.entries(schemas)) {
    const { properties = {} } = schema.oneOf?.[0] ?? schema;
    const record = RECORDS[kind] ?? "evil";
    const path =
      kind === "settings"
        ? `workspaces/${id}`
        : `workspaces/${kind === "operators" ? "system" : id}/${kind}/${record}`;
    for (const [member, { type }] of Object.entries(properties))
      if (type === "string" && member !== "body" && member !== "secret")
        await api("PATCH", path, { [member]: MARKUP });
  }
  const attribute = { source: "id_token", name: "custom:evil", display_name: MARKUP };
  const { attributes } = await must("GET", `workspaces/${id}/connections/pool`);
  await world.patch("connections/pool", { attributes: [...(attributes as unknown as object[]), attribute] });
}

interface Schema {
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
}
const RECORDS: Readonly<Record<string, string>> = {
  connections: "pool",
  clients: "app",
  features: "custom_apps",
};
