/** A cached context is void as soon as anything that made it is another: what changes its hash, and what does not. */
import { expect, it } from "vitest";
import type { Broker } from "../../src/broker.ts";
import { Claim } from "../../src/config/claim.ts";
import { Script } from "../../src/config/script.ts";
import { Connection } from "../../src/connectors/index.ts";
import { madeBy } from "../../src/steps/made-by.ts";

const connection = Connection.parse({
  id: "pool",
  name: "Pool",
  method: "cognito",
  settings: { pool_id: "eu-central-1_A", region: "eu-central-1", client_id: "app" },
  post_authn_ctx_script: "enrich",
});
const script = Script.parse({ id: "enrich", name: "Enrich", body: "module.exports = () => ({});" });
const claim = { id: "tier", name: "tier", type: "id_token", source_path: "tier" };
const workspace = { schema: [{ name: "tier", type: "string" }], claims: [Claim.parse(claim)] };

const hash = (changed: object = {}, kept: object = {}, ran: object = {}) =>
  madeBy(
    {
      workspace: { ...workspace, ...kept },
      script: async () => ({ ...script, ...ran }),
    } as unknown as Broker,
    { ...connection, ...changed } as Connection,
  );

it.each<[string, object, object?, object?]>([
  ["kind", { method: "oidc" }],
  ["settings", { settings: { ...connection.settings, client_id: "another" } }],
  ["attributes", { attributes: [] }],
  ["mappings", { mappings: [] }],
  ["static_amr", { static_amr: ["pwd"] }],
  ["application", { post_authn_app_id: "terms" }],
  ["schema", {}, { schema: [{ name: "tier", type: "number" }] }],
  ["required claims", {}, { claims: [Claim.parse({ ...claim, required: true })] }],
  ["script", {}, {}, { body: "module.exports = () => ({ amr: ['otp'] });" }],
  ["script's hosts", {}, {}, { hosts: ["api.example.com"] }],
])("another %s makes another context", async (_, changed, kept, ran) => {
  expect(await hash(changed, kept, ran)).not.toBe(await hash());
});

it.each<[string, object, object?]>([
  ["how the connection is called and where it stands", { name: "Another", display_order: 7 }],
  ["a claim that nobody requires", {}, { claims: [] }],
])("%s makes the same one", async (_, changed, kept) => {
  expect(await hash(changed, kept)).toBe(await hash());
});
