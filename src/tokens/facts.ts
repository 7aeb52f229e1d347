/** Where the values of claims come from: the context, what the protocol knows, the client's and the workspace's records. */
import { Bounded } from "../config/bounded.ts";
import { type Claim, RECORD_SOURCES } from "../config/claim.ts";
import type { Client } from "../config/client.ts";
import { parsePath, valueAt } from "../config/path.ts";
import type { Attribute, AuthenticationContext, Grant, Json } from "../flow.ts";
import { contextObject } from "../steps/context-object.ts";
import type { WorkspaceDocument } from "../store/published.ts";

export interface Facts {
  readonly workspace?: Pick<WorkspaceDocument, "id" | "settings">;
  readonly client?: Client;
  readonly context: AuthenticationContext;
  /** Set by the protocol under reserved names; a claim may carry them under another. */
  readonly protocol: Readonly<Record<string, Json | undefined>>;
}

/** Of a grant; what the protocol knows is there only with a person. */
export function factsOf(
  workspace: NonNullable<Facts["workspace"]>,
  client: Client,
  { subject, scope, authentication }: Pick<Grant, "subject" | "scope" | "authentication">,
): Facts {
  const protocol = authentication ? { sub: subject, scp: [...scope], idp_sub: authentication.idp_sub } : {};
  return { workspace, client, context: authentication?.context ?? {}, protocol };
}

/** @returns undefined where there is no value */
export function valueOf(
  { source_type, source_path }: Pick<Claim, "source_type" | "source_path">,
  facts: Facts,
): Attribute | undefined {
  switch (source_type) {
    case "authn_ctx":
      return contextValue(facts, source_path);
    case "client":
      return member(RECORD_SOURCES.client, facts.client ?? {}, source_path, "client");
    case "workspace": {
      const { workspace } = facts;
      const record = workspace && { ...workspace.settings, id: workspace.id };
      return member(RECORD_SOURCES.workspace, record ?? {}, source_path, "workspace");
    }
  }
}

/** Listed members only, wherever the record of the claim came from. */
function member(
  names: readonly string[],
  record: object,
  name: string,
  from: "client" | "workspace",
): Attribute | undefined {
  const value = names.includes(name) ? (record as Record<string, Json | undefined>)[name] : undefined;
  return value === undefined ? undefined : { value, lineage: [{ from }] };
}

function contextValue({ context, protocol }: Facts, path: string): Attribute | undefined {
  if (Object.hasOwn(context, path)) return context[path];
  const set = Object.hasOwn(protocol, path) ? protocol[path] : undefined;
  if (set !== undefined) return { value: set, lineage: [{ from: "protocol" }] };
  return inside(context, path) ?? gathered(context, path);
}

/** `work.floor` of the attribute `work`. */
function inside(context: AuthenticationContext, path: string): Attribute | undefined {
  const [name = "", ...rest] = parsed(path);
  for (let length = 1; length <= rest.length; length++) {
    const outer = [name, ...rest.slice(0, length - 1)].join(".");
    const whole = Object.hasOwn(context, outer) ? context[outer] : undefined;
    const value = whole && valueAt(whole.value, rest.slice(length - 1));
    if (whole && value !== undefined) return { value: value as Json, lineage: whole.lineage };
  }
  return undefined;
}

/** `address` of `address.country` and its like. */
function gathered(context: AuthenticationContext, path: string): Attribute | undefined {
  if (!objectsIn(context).has(path)) return undefined;
  const prefix = `${path}.`;
  const parts = Object.keys(context).filter((name) => name.startsWith(prefix));
  const within = parts.map((name) => [name.slice(prefix.length), context[name]] as const);
  const value = contextObject(
    Object.fromEntries(within.flatMap(([name, one]) => (one ? [[name, one]] : []))),
  );
  return { value, lineage: within.flatMap(([, one]) => one?.lineage ?? []) };
}

const objects = new WeakMap<AuthenticationContext, ReadonlySet<string>>();

/** Names that hold others: with a thousand claims nobody walks the context for each. */
function objectsIn(context: AuthenticationContext): ReadonlySet<string> {
  const known = objects.get(context);
  if (known) return known;
  const outer = (name: string) => [...name.matchAll(/\./g)].map(({ index }) => name.slice(0, index));
  const found = new Set(Object.keys(context).flatMap(outer));
  objects.set(context, found);
  return found;
}

const paths = new Bounded<readonly string[]>(5_000);

/** Paths of claims are few and come again with every token. */
export function parsed(path: string): readonly string[] {
  const known = paths.get(path);
  if (known) return known;
  const names = parsePath(path);
  paths.set(path, names);
  return names;
}
