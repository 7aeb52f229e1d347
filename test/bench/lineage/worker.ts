/** In workerd: what becomes of one sign-in's values, over and over. */
import type { Broker } from "../../../src/broker.ts";
import { Claim } from "../../../src/config/claim.ts";
import { Client } from "../../../src/config/client.ts";
import { ContextAttribute } from "../../../src/config/context-attribute.ts";
import { WorkspaceSettings } from "../../../src/config/workspace.ts";
import { Connection } from "../../../src/connectors/index.ts";
import { openKeyring } from "../../../src/crypto/keyring.ts";
import type { Authentication } from "../../../src/flow.ts";
import { authenticationOf } from "../../../src/steps/authentication.ts";
import { sealLineage } from "../../../src/steps/lineage.ts";
import { openAuthentication, sealAuthentication } from "../../../src/steps/stored-authentication.ts";
import { asClaims, released } from "../../../src/tokens/claims.ts";
import { factsOf } from "../../../src/tokens/facts.ts";

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const bench = worldOf(Number(searchParams.get("count")));
    const work = { "/values": values, "/kept": kept }[pathname];
    if (!work) return new Response("no such work", { status: 404 });
    for (let n = Number(searchParams.get("times")); n > 0; n--) await work(bench);
    return new Response("done");
  },
};

type World = ReturnType<typeof worldOf>;

/** As many attributes as mappings and claims, each of them with a value. */
function worldOf(count: number) {
  const names = Array.from({ length: count }, (_, index) => `custom:a${index}`);
  const schema = names.map((_, index) => ContextAttribute.parse({ name: `a${index}` }));
  const claims = names.map((_, index) =>
    Claim.parse({
      id: `c${index}`,
      name: `a${index}`,
      type: "id_token",
      source_path: `a${index}`,
      scopes: ["profile"],
    }),
  );
  const connection = Connection.parse({
    id: "pool",
    name: "Pool",
    method: "cognito",
    settings: { pool_id: "eu-central-1_A", region: "eu-central-1", client_id: "app" },
    attributes: names.map((name) => ({ source: "id_token", name })),
    mappings: names.map((name, index) => ({ source: `id_token.${name}`, target: `a${index}` })),
  });
  const client = Client.parse({
    client_id: "app",
    client_name: "App",
    token_endpoint_auth_method: "none",
    redirect_uris: ["https://app.example.com/cb"],
  });
  const workspace = { id: "bench", schema, claims, settings: WorkspaceSettings.parse({ name: "Bench" }) };
  const id_token = Object.fromEntries(names.map((name) => [name, "a value"]));
  const identity = { issuer: "https://idp.example", subject: "s", sources: { id_token } };
  const broker = { workspace, keyring: KEYRING, now: () => 0 } as unknown as Broker;
  return { client, connection, workspace, identity, broker };
}

const KEYRING = openKeyring(`k1:${"A".repeat(43)}`);

/** From the provider's claims to the claims of both tokens. */
function values(world: World): void {
  tokensOf(world, arrived(world));
}

/** The same with what is kept on the way: the lineage, and the context from the callback to the token endpoint. */
async function kept(world: World): Promise<void> {
  const { broker, client } = world;
  const authentication = arrived(world);
  await sealLineage(broker, client, "s", authentication);
  const stored = await sealAuthentication(broker, "s", authentication);
  const opened = await openAuthentication(broker, "s", stored);
  if (!opened) throw new Error("what was sealed does not open");
  tokensOf(world, opened);
}

function arrived({ connection, workspace, identity }: World): Authentication {
  return authenticationOf(connection, workspace, identity, { forced: false, left_at: 0 }, 0);
}

function tokensOf({ client, workspace }: World, authentication: Authentication): void {
  const facts = factsOf(workspace, client, { subject: "s", scope: ["profile"], authentication });
  for (const to of ["id_token", "access_token"] as const)
    asClaims(released(workspace.claims, { to, scope: ["openid", "profile"] }, facts), 8_192);
}
