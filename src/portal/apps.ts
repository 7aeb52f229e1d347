/** The apps that a person gave access, as records of the workspace name them today. */
import type { Broker } from "../broker.ts";
import type { Seconds } from "../flow.ts";
import { isDynamic, scopeOf } from "../oauth/dynamic-scope.ts";
import type { Overview } from "../store/subject/overview.ts";

export interface GrantedScope {
  /** As configured, and as it was granted: they differ where the scope is dynamic. */
  readonly scope_name: string;
  readonly granted_scope_name: string;
  readonly is_dynamic: boolean;
  readonly given_at: Seconds;
}

export interface AppWithAccess {
  readonly client: {
    readonly id: string;
    readonly name: string;
    readonly client_uri?: string;
    readonly logo_uri?: string;
  };
  readonly given_at: Seconds;
  /** The connection that the person signed in through when they gave it. */
  readonly connection: string;
  readonly granted_scopes: readonly GrantedScope[];
  /** Claims that these scopes released. */
  readonly claims: readonly string[];
  /** Until when it can use what it has without asking us; absent where it has nothing that it can read itself. */
  readonly readable_until?: Seconds;
  /** The workspace lets it in without asking: after a revocation it comes back with the next sign-in. */
  readonly trusted?: true;
}

/** By name. */
export async function appsOf(broker: Broker, overview: Overview): Promise<AppWithAccess[]> {
  const { consents, grants } = overview;
  const ids = new Set([...consents, ...grants].map(({ client_id }) => client_id));
  const apps = await Promise.all([...ids].map((id) => appOf(broker, overview, id)));
  return apps.toSorted((a, b) => a.client.name.localeCompare(b.client.name));
}

async function appOf(broker: Broker, overview: Overview, id: string): Promise<AppWithAccess> {
  const consent = overview.consents.find(({ client_id }) => client_id === id);
  const grants = overview.grants.filter(({ client_id }) => client_id === id);
  const given: Record<string, Seconds> = {};
  // A trusted app is not asked for, and a transient scope is not remembered: their grants say when.
  for (const { scope, created_at } of grants)
    for (const name of scope) given[name] = Math.min(created_at, given[name] ?? Infinity);
  Object.assign(given, consent?.scopes);
  const scope = Object.keys(given);
  const until = readableUntil(broker, grants);
  return {
    client: await shown(broker, id),
    ...((await broker.client(id))?.trusted && { trusted: true as const }),
    given_at: Math.min(...Object.values(given)),
    connection: consent?.connection ?? grants[0]?.connection ?? "",
    granted_scopes: scope.map((name) => granted(broker, name, given[name] ?? 0)),
    claims: claimsOf(broker, scope),
    ...(until !== undefined && { readable_until: until }),
  };
}

/** An app that is gone has nothing left but its id. */
export async function shown(broker: Broker, id: string): Promise<AppWithAccess["client"]> {
  const client = await broker.client(id);
  if (!client) return { id, name: id };
  const { client_name, client_uri, logo_uri } = client;
  return { id, name: client_name, ...(client_uri && { client_uri }), ...(logo_uri && { logo_uri }) };
}

function granted({ workspace }: Broker, name: string, given_at: Seconds): GrantedScope {
  const scope_name = scopeOf(workspace.scopes, name)?.name ?? name;
  return { scope_name, granted_scope_name: name, is_dynamic: isDynamic(scope_name), given_at };
}

function claimsOf({ workspace }: Broker, scope: readonly string[]): string[] {
  const names = scope.map((name) => scopeOf(workspace.scopes, name)?.name ?? name);
  const released = workspace.claims.filter(
    ({ scopes }) => scopes.length === 0 || scopes.some((one) => names.includes(one) || scope.includes(one)),
  );
  return [...new Set(released.map(({ name }) => name))];
}

/** A token that only we can read is asked about at every use, and ends at once. */
function readableUntil({ workspace, now }: Broker, grants: Overview["grants"]): Seconds | undefined {
  if (workspace.settings.access_token_strategy === "opaque") return undefined;
  const until = Math.max(0, ...grants.map(({ readable_until }) => readable_until));
  return until > now() ? until : undefined;
}
