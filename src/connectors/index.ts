/** The kinds of identity providers. A new one is a file beside this and a line in the list. */
import * as z from "zod";
import type { Mapping } from "../config/attribute.ts";
import { ConnectionBase } from "../config/connection.ts";
import { cognito } from "./cognito.ts";
import { oauth2 } from "./oauth2.ts";
import { oidc } from "./oidc.ts";
import { saml } from "./saml.ts";
import type { Connector, ConnectorKind, Outlook, Tools } from "./connector.ts";

/** One line a kind. Schemas, forms, the API's description and the connectors themselves follow from it. */
const KINDS = [cognito, oidc, oauth2, saml] as const;

type Kinds = typeof KINDS;
type Kind = Kinds[number];
type Method = Kind["method"];

/** The same list for whom the particulars of a kind do not matter. */
export const CONNECTOR_KINDS: readonly ConnectorKind<z.ZodType, z.ZodType, Method>[] = KINDS;

/** @returns undefined for a kind that this version does not know */
export function kindOf(method: unknown): (typeof CONNECTOR_KINDS)[number] | undefined {
  return CONNECTOR_KINDS.find((kind) => kind.method === method);
}

/** A connection of one kind: what is common, and the kind's own settings, credentials and defaults. */
function record<K extends Kind>(kind: K) {
  const judge: ConnectorKind<z.ZodType, z.ZodType> = kind;
  return ConnectionBase.extend({
    method: z.literal(kind.method),
    settings: kind.settings,
    credentials: orNone(kind.credentials),
    attributes: ConnectionBase.shape.attributes.default([...kind.attributes]),
    mappings: ConnectionBase.shape.mappings.default([...kind.mappings]),
  }).superRefine(({ settings, credentials, config, post_authn_app_id }, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    const name = judge.missing?.(settings, credentials);
    if (name !== undefined) fault(["credentials", name], "is needed by these settings");
    const begun = judge.begunElsewhere?.(settings);
    if (begun === undefined) return;
    // The app asks once the person is here, and is answered from what is cached: no code exists that nobody asked for.
    if (!config.enable_stateful_ctx)
      fault(["settings", begun], "needs context caching: switch config.enable_stateful_ctx on");
    if (post_authn_app_id !== undefined)
      fault(["settings", begun], "does not go with a post-authentication application");
  });
}

/** Credentials of a connection that has none are left out. */
function orNone<C extends z.ZodType>(credentials: C) {
  return credentials.prefault({} as never);
}

/** `map` forgets which kind stands where, so it is said again. */
type Records<L extends readonly Kind[]> = { -readonly [I in keyof L]: ReturnType<typeof record<L[I]>> };

/** What an operator writes. */
export const Connection = z.discriminatedUnion("method", KINDS.map(record) as unknown as Records<Kinds>);
export type Connection = z.infer<typeof Connection>;

/** The mappings that a connection of a kind has from the start. */
export function standardMappings(method: string): readonly Mapping[] {
  return kindOf(method)?.mappings ?? [];
}

/** Where a provider sends people back to, under the issuer: one address a connection (RFC 9700 §4.4). */
export function callbackPath(method: string, connection: string): string {
  return kindOf(method)?.callback?.(connection) ?? `/callback/${connection}`;
}

/** @returns undefined for kinds of which there is nothing to know in advance @throws UpstreamError */
export async function outlookOf(
  { method, settings }: Pick<Connection, "method" | "settings">,
  tools: Pick<Tools, "fetch" | "now">,
): Promise<Outlook | undefined> {
  return kindOf(method)?.outlook?.(settings, tools);
}

/** The connector of a connection, ready for one sign-in. */
export function openConnector(connection: Connection, tools: Tools): Connector {
  const kind = kindOf(connection.method);
  if (!kind) throw new TypeError("the connection has a kind that this version does not know");
  return kind.open(connection.settings, connection.credentials, tools);
}
