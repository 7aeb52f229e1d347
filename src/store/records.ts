/** What an operator writes in a workspace: one schema and one line a kind. */
import type * as z from "zod";
import { Api } from "../config/api.ts";
import { Claim } from "../config/claim.ts";
import { Client } from "../config/client.ts";
import { Scope } from "../config/scope.ts";
import { WorkspaceSettings } from "../config/workspace.ts";
import { Connection } from "../connectors/index.ts";
import { hashSecret, newSecret } from "../crypto/secret.ts";
import type { Sealed } from "../crypto/seal.ts";
import type { JsonObject } from "../flow.ts";
import { keyOf } from "./published.ts";

/** Seals and opens secrets of one record. */
export interface Secrets {
  seal(id: string, value: JsonObject): Promise<Sealed<JsonObject>>;
  unseal(id: string, value: Sealed<JsonObject>): Promise<JsonObject | undefined>;
}

/** A record on its way into storage: checked in `plain` form, kept as `store(plain)`. */
interface Prepared {
  readonly plain: JsonObject;
  /** Shown to the operator once. */
  readonly revealed?: JsonObject;
}

export interface RecordKind {
  readonly schema: z.ZodType;
  /** The member that is the id, on the wire and in the URL. */
  readonly id: "id" | "name" | "client_id" | undefined;
  /** Which KV key has to be written again when a record changes. */
  readonly published: (workspace: string, id: string) => string[];
  /** Members that are never shown. */
  readonly secret: readonly string[];
  readonly prepare: (input: JsonObject, stored: JsonObject | undefined) => Promise<Prepared>;
}

const plain = async (input: JsonObject): Promise<Prepared> => ({ plain: input });
const inDocument = (workspace: string) => [keyOf.workspace(workspace)];

/** Every kind of record. `settings` is the one record of the workspace itself. */
export const RECORDS = {
  settings: { schema: WorkspaceSettings, id: undefined, published: inDocument, secret: [], prepare: plain },
  scopes: { schema: Scope, id: "name", published: inDocument, secret: [], prepare: plain },
  apis: { schema: Api, id: "id", published: inDocument, secret: [], prepare: plain },
  claims: { schema: Claim, id: "id", published: inDocument, secret: [], prepare: plain },
  clients: {
    schema: Client,
    id: "client_id",
    published: (workspace, id) => [keyOf.client(workspace, id)],
    secret: ["client_secret_hash"],
    prepare: prepareClient,
  },
  connections: {
    schema: Connection,
    id: "id",
    published: (workspace, id) => [keyOf.connection(workspace, id), keyOf.connections(workspace)],
    secret: ["credentials"],
    prepare: prepareConnection,
  },
} as const satisfies Record<string, RecordKind>;
export type RecordName = keyof typeof RECORDS;

/** Shortest secret that an operator may bring: it is kept as a plain hash, so it must be random. */
const SECRET_LENGTH = 32;

async function prepareClient(input: JsonObject, stored: JsonObject | undefined): Promise<Prepared> {
  const { client_secret, client_secret_hash: _, ...rest } = input;
  const method = rest["token_endpoint_auth_method"] ?? "client_secret_basic";
  const keeps = typeof method === "string" && method.startsWith("client_secret");
  if (!keeps) return { plain: rest };
  if (typeof client_secret === "string") {
    if (client_secret.length < SECRET_LENGTH)
      throw new RangeError(`client_secret must have at least ${SECRET_LENGTH} random characters`);
    return { plain: { ...rest, client_secret_hash: await hashSecret(client_secret) } };
  }
  if (stored?.["client_secret_hash"])
    return { plain: { ...rest, client_secret_hash: stored["client_secret_hash"] } };
  const made = newSecret();
  return {
    plain: { ...rest, client_secret_hash: await hashSecret(made) },
    revealed: { client_secret: made },
  };
}

/** Credentials that are left out stay as they are. */
async function prepareConnection(input: JsonObject, stored: JsonObject | undefined): Promise<Prepared> {
  const kept = stored?.["credentials"];
  return { plain: "credentials" in input || !kept ? input : { ...input, credentials: kept } };
}
