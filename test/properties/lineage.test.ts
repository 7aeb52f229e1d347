/** Data lineage for every configuration: as configured it is a graph of what there is, as it ran it names what there is. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { graphOf, narrowed } from "../../src/admin/lineage/graph.ts";
import { COLUMNS } from "../../src/admin/lineage/node.ts";
import { Attribute, attributeKey, Mapping } from "../../src/config/attribute.ts";
import { Claim } from "../../src/config/claim.ts";
import { Client } from "../../src/config/client.ts";
import { ContextAttribute, STANDARD_SCHEMA } from "../../src/config/context-attribute.ts";
import { DataType } from "../../src/config/data-type.ts";
import { RESERVED_CLAIMS } from "../../src/config/reserved-claims.ts";
import { Scope } from "../../src/config/scope.ts";
import { WorkspaceSettings } from "../../src/config/workspace.ts";
import { Connection } from "../../src/connectors/index.ts";
import type { Json, JsonObject } from "../../src/flow.ts";
import type { Broker } from "../../src/broker.ts";
import { openKeyring } from "../../src/crypto/keyring.ts";
import type { Origin } from "../../src/lineage.ts";
import { authenticationOf } from "../../src/steps/authentication.ts";
import { lineageOf, openLineage, sealLineage } from "../../src/steps/lineage.ts";
import { override } from "../../src/steps/override.ts";
import { asClaims, released } from "../../src/tokens/claims.ts";

const NAMES = [
  "email",
  "a",
  "a.b",
  "custom:x",
  String.raw`https://e\.org/g`,
  "__proto__",
  "constructor",
  "0",
];
const PLACES = ["email", "groups", "a", "work", "work.floor", "constructor"];
const type = fc.constantFrom(...DataType.options);
const attribute = fc
  .record({
    source: fc.constantFrom("id_token", "access_token", "userinfo"),
    name: fc.constantFrom(...NAMES),
    type,
  })
  .map((given) => Attribute.parse(given));
const schema = fc
  .uniqueArray(fc.record({ name: fc.constantFrom(...PLACES), type }), { selector: ({ name }) => name })
  .map((own) => [...STANDARD_SCHEMA, ...own.map((one) => ContextAttribute.parse(one))])
  .map((all) => [...new Map(all.map((one) => [one.name, one])).values()]);
const target = fc.constantFrom(...PLACES, ".", "elsewhere");
const mappingOf = (attributes: readonly Attribute[]) =>
  fc
    .oneof(
      fc.record({
        source: fc.constantFrom(".", ...attributes.map(attributeKey), "id_token.other"),
        target,
        type,
        allow_weak_decoding: fc.boolean(),
      }),
      fc.record({ mode: fc.constant("static"), static: fc.constantFrom("x", 7, ["y"], { z: 1 }), target }),
    )
    .map((given) => Mapping.parse(given));
const connectionOf = (id: string) =>
  fc
    .array(attribute, { maxLength: 8 })
    .chain((attributes) =>
      fc.tuple(fc.constant(attributes), fc.array(mappingOf(attributes), { maxLength: 8 })),
    )
    .chain(([attributes, mappings]) =>
      fc.boolean().map((post_authn) =>
        Connection.parse({
          id,
          name: id,
          method: "cognito",
          settings: { pool_id: "eu-central-1_A", region: "eu-central-1", client_id: "app" },
          attributes,
          mappings,
          ...(post_authn && { post_authn_ctx_script: "enrich" }),
        }),
      ),
    );
const scopeName = fc.constantFrom("openid", "email", "read.*", "read.x", "missing");
const claim = fc
  .record({
    name: fc.constantFrom("email", "address.country", "x", "y.z"),
    type: fc.constantFrom("id_token", "access_token"),
    source_path: fc.constantFrom(...PLACES, "address", "sub"),
    scopes: fc.uniqueArray(scopeName, { maxLength: 3 }),
    opaque: fc.boolean(),
  })
  .map((given) => ({ ...given, id: "" }));
/** As a record from elsewhere might be: the schema takes none of these. */
const renamed = fc
  .constantFrom(...RESERVED_CLAIMS)
  .map((name) => ({ ...Claim.parse({ id: name, name: "x", type: "id_token", source_path: "email" }), name }));
const client = fc
  .record({ scope: fc.uniqueArray(scopeName), trusted: fc.boolean(), people: fc.boolean() })
  .map(({ people, ...given }) => ({
    ...given,
    client_name: "App",
    token_endpoint_auth_method: people ? "none" : "private_key_jwt",
    ...(people
      ? { redirect_uris: ["https://app.example.com/cb"] }
      : { grant_types: ["client_credentials"], jwks_uri: "https://app.example.com/jwks" }),
  }));
const configuration = fc.record({
  settings: fc.constantFrom({}, { token_minting_script: "mint" }),
  connections: fc.tuple(connectionOf("one"), connectionOf("two")),
  schema,
  claims: fc
    .array(claim, { maxLength: 8 })
    .map((all) => all.map((one, index) => Claim.parse({ ...one, id: `c${index}` })))
    .chain((all) =>
      fc.uniqueArray(renamed, { maxLength: 2, selector: ({ id }) => id }).map((names) => [...all, ...names]),
    ),
  scopes: fc.constant(["openid", "email", "read.*"].map((name) => Scope.parse({ name }))),
  clients: fc
    .array(client, { maxLength: 4 })
    .map((all) => all.map((one, index) => Client.parse({ ...one, client_id: `app${index}` }))),
});

it("the graph leads from what there is to what there is, to the right, and has each thing once", () => {
  fc.assert(
    fc.property(configuration, (given) => {
      const whole = graphOf(given);
      for (const graph of [
        whole,
        narrowed(whole, { connection: "one" }),
        narrowed(whole, { client: "app0" }),
      ]) {
        const columns = new Map(graph.nodes.map(({ id, column }) => [id, COLUMNS.indexOf(column)]));
        expect(columns.size).toBe(graph.nodes.length);
        const edges = graph.edges.map(({ from, to, mapping }) => JSON.stringify([from, to, mapping]));
        expect(new Set(edges).size).toBe(edges.length);
        for (const { from, to } of graph.edges)
          expect(columns.get(from), `${from} → ${to}`).toBeLessThan(columns.get(to) ?? -1);
      }
    }),
  );
});

it("the lineage of every claim names an existing source, and no claim has a reserved name", () => {
  const values = fc.dictionary(
    fc.constantFrom("email", "a", "custom:x", "https://e.org/g", "0"),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(configuration, values, values, (given, id_token, userinfo) => {
      const [connection] = given.connections;
      const workspace = { schema: given.schema, settings: WorkspaceSettings.parse({ name: "W" }) };
      const sources = { id_token: id_token as JsonObject, userinfo: userinfo as JsonObject };
      const identity = { issuer: "https://idp.example", subject: "s", sources };
      const { context } = authenticationOf(connection, workspace, identity, { forced: false, left_at: 0 }, 0);
      const protocol: Record<string, Json> = { sub: "s", scp: [], idp_sub: "s" };
      const known = new Set<string | undefined>(connection.attributes.map(attributeKey));
      const isStatic = connection.mappings.some(({ mode }) => mode === "static");
      for (const to of ["id_token", "access_token"] as const) {
        const given_ = released(given.claims, { to, scope: ["openid", "email"] }, { context, protocol });
        for (const { attribute: found } of given_) {
          const from = found.lineage.filter((origin) => origin.from !== "conversion");
          expect(from.length).toBeGreaterThan(0);
          for (const origin of from)
            expect(
              origin.from === "protocol" ||
                (origin.from === "constant" && isStatic) ||
                (origin.from === "provider" && origin.connection === "one" && known.has(origin.source)),
              JSON.stringify(origin),
            ).toBe(true);
        }
        for (const name of Object.keys(asClaims(given_).claims)) expect(RESERVED_CLAIMS).not.toContain(name);
      }
    }),
  );
});

it("what is kept of a sign-in is read back as all that was known of it, whatever scripts and apps changed", async () => {
  const values = fc.dictionary(
    fc.constantFrom("email", "a", "custom:x", "https://e.org/g", "0"),
    fc.jsonValue(),
  );
  const changes = fc.array(fc.dictionary(fc.constantFrom(...PLACES, "address"), fc.jsonValue()), {
    maxLength: 3,
  });
  const recorded = fc.constantFrom<Pick<Claim, "source_type" | "source_path">>(
    { source_type: "client", source_path: "client_name" },
    { source_type: "client", source_path: "client_uri" },
    { source_type: "workspace", source_path: "name" },
  );
  const app = Client.parse({
    client_id: "app",
    client_name: "App",
    token_endpoint_auth_method: "none",
    redirect_uris: ["https://app.example.com/cb"],
  });
  const keyring = openKeyring(`k1:${"A".repeat(43)}`);
  await fc.assert(
    fc.asyncProperty(
      configuration,
      fc.array(recorded),
      values,
      changes,
      async (given, records, id_token, said) => {
        const others = records.map((one, index) =>
          Claim.parse({ id: `r${index}`, name: `r${index}`, type: "access_token", ...one }),
        );
        const workspace = {
          id: "w",
          schema: given.schema,
          claims: [...given.claims, ...others],
          settings: WorkspaceSettings.parse({ name: "W" }),
        };
        const broker = { keyring, workspace, now: () => 7 } as unknown as Broker;
        const identity = {
          issuer: "https://idp.example",
          subject: "s",
          sources: { id_token: id_token as JsonObject },
        };
        const [connection] = given.connections;
        const left = { forced: false, left_at: 0 };
        const by = (index: number): Origin => ({ from: index === 0 ? "script" : "app", name: `by${index}` });
        const authentication = said.reduce(
          (before, one, index) => override(before, one as JsonObject, by(index), given.schema),
          authenticationOf(connection, workspace, identity, left, 0),
        );
        const { lineage } = await sealLineage(broker, app, "s", authentication);
        const all = JSON.parse(JSON.stringify(lineageOf(broker, app, "s", authentication))) as unknown;
        expect(await openLineage(broker, "s", lineage.lineage)).toEqual(all);
      },
    ),
  );
});
