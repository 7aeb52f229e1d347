/** What is built in is written as its schema would complete it, so that no isolate has to judge it when it starts. */
import { expect, it } from "vitest";
import type * as z from "zod";
import { Attribute, Mapping } from "../../src/config/attribute.ts";
import { Claim, STANDARD_CLAIMS } from "../../src/config/claim.ts";
import { Client } from "../../src/config/client.ts";
import { ContextAttribute, STANDARD_SCHEMA } from "../../src/config/context-attribute.ts";
import { portalClient } from "../../src/config/portal.ts";
import { Scope, STANDARD_SCOPES } from "../../src/config/scope.ts";
import { CONNECTOR_KINDS } from "../../src/connectors/index.ts";
import { TEMPLATES } from "../../src/connectors/templates/index.ts";

// Its own id is no `ClientId`: nobody can register it.
const portal = { ...portalClient("https://login.example.com/acme", "Acme"), client_id: "portal" };
const origins = [...CONNECTOR_KINDS, ...TEMPLATES];

it.each<[string, z.ZodType, readonly unknown[]]>([
  ["attributes", Attribute, origins.flatMap(({ attributes = [] }) => attributes)],
  ["mappings", Mapping, origins.flatMap(({ mappings = [] }) => mappings)],
  ["claims", Claim, STANDARD_CLAIMS],
  ["scopes", Scope, STANDARD_SCOPES],
  ["the schema of the context", ContextAttribute, STANDARD_SCHEMA],
  ["the client of the portal", Client, [portal]],
])("%s", (_, schema, records) => {
  expect(records.length).toBeGreaterThan(0);
  for (const record of records) expect(schema.parse(record)).toEqual(record);
});
