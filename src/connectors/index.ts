/** The kinds of identity providers. A new one is a file beside this and a line in the list. */
import * as z from "zod";
import { ConnectionBase } from "../config/connection.ts";
import { cognito } from "./cognito.ts";
import type { Connector, Tools } from "./connector.ts";

const KINDS = [cognito] as const;
type Kind = (typeof KINDS)[number];

/** A connection of one kind: what is common, and the kind's own settings, credentials and defaults. */
function record<K extends Kind>(kind: K) {
  return ConnectionBase.extend({
    method: z.literal(kind.method),
    settings: kind.settings,
    credentials: kind.credentials.prefault({}),
    attributes: ConnectionBase.shape.attributes.default([...kind.attributes]),
    mappings: ConnectionBase.shape.mappings.default([...kind.mappings]),
  });
}

/** What an operator writes. */
export const Connection = z.discriminatedUnion("method", [record(cognito)]);
export type Connection = z.infer<typeof Connection>;

/** The connector of a connection, ready for one sign-in. */
export function openConnector(connection: Connection, tools: Tools): Connector {
  const kind = KINDS.find(({ method }) => method === connection.method);
  if (!kind) throw new TypeError("the connection has a kind that this version does not know");
  return kind.open(connection.settings, connection.credentials, tools);
}
