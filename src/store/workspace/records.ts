/** What an operator writes in a workspace: one schema and one line a kind. */
import { Api } from "../../config/api.ts";
import { Claim } from "../../config/claim.ts";
import { Client } from "../../config/client.ts";
import { ContextAttribute } from "../../config/context-attribute.ts";
import { CustomApp } from "../../config/custom-app.ts";
import { Feature } from "../../config/feature.ts";
import { LinkingRule } from "../../config/linking-rule.ts";
import { Operator } from "../../config/operator.ts";
import { Scope } from "../../config/scope.ts";
import { Script, Secret } from "../../config/script.ts";
import { WorkspaceSettings } from "../../config/workspace.ts";
import { Connection } from "../../connectors/index.ts";
import type { JsonObject } from "../../flow.ts";
import { keyOf } from "../published.ts";
import {
  claimAmong,
  connectionAmong,
  fittingDefaults,
  schemaAmong,
  scriptAmong,
  settingsAmong,
} from "./among.ts";
import { prepareClient } from "./client-secret.ts";
import { credentialsOf, saysAll } from "./credentials.ts";
import { type Change, judged, type RecordKind } from "./record-kind.ts";
import { scriptSecret } from "./script-secret.ts";
import { settings } from "./settings.ts";
import { isListedAsBefore } from "./summary.ts";

const asIs = async (record: JsonObject) => record;
const ordinary = {
  secret: [],
  writeOnly: [],
  prepare: async (plain: JsonObject) => ({ plain }),
  open: asIs,
  close: asIs,
};
const inDocument = { ...ordinary, published: (workspace: string) => [keyOf.workspace(workspace)] };

/** Every kind of record. `settings` is the one record of the workspace itself. */
export const RECORDS = {
  settings: { ...inDocument, ...settings, ...judged(WorkspaceSettings, settingsAmong), id: undefined },
  scopes: { ...inDocument, schema: Scope, id: "name", remembered: true },
  apis: { ...inDocument, schema: Api, id: "id" },
  schema: { ...inDocument, ...judged(ContextAttribute, schemaAmong), id: "name" },
  claims: { ...inDocument, ...judged(Claim, claimAmong), id: "id" },
  operators: { ...inDocument, schema: Operator, id: "id" },
  features: { ...inDocument, schema: Feature, id: "flag" },
  "linking-rules": { ...inDocument, schema: LinkingRule, id: "id" },
  clients: {
    ...ordinary,
    schema: Client,
    id: "client_id",
    published: (workspace, id) => [keyOf.client(workspace, id)],
    secret: ["client_secret_hash"],
    writeOnly: ["client_secret"],
    prepare: prepareClient,
  },
  connections: {
    ...judged(Connection, connectionAmong),
    id: "id",
    published: (workspace, id, change?: Change) => [
      keyOf.connection(workspace, id),
      ...(change && isListedAsBefore(change) ? [] : [keyOf.connections(workspace)]),
    ],
    secret: ["credentials"],
    writeOnly: ["credentials"],
    saysAll,
    fit: { member: "mappings", to: fittingDefaults },
    prepare: async (input, stored) => ({ plain: { ...input, credentials: credentialsOf(input, stored) } }),
    open: async (stored, id, vault) => ({
      ...stored,
      credentials: await vault.unseal(id, stored["credentials"]),
    }),
    close: async (plain, id, vault) => ({
      ...plain,
      credentials: await vault.seal(id, plain["credentials"]),
    }),
  },
  scripts: {
    ...ordinary,
    ...judged(Script, scriptAmong),
    id: "id",
    history: 50,
    published: (workspace, id) => [keyOf.script(workspace, id)],
  },
  secrets: {
    ...scriptSecret,
    schema: Secret,
    id: "id",
    published: (workspace, id) => [keyOf.secret(workspace, id)],
  },
  "custom-apps": {
    ...ordinary,
    schema: CustomApp,
    id: "id",
    published: (workspace, id) => [keyOf.app(workspace, id)],
  },
} satisfies Record<string, RecordKind>;
export type RecordName = keyof typeof RECORDS;
