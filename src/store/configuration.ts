/**
 * What operators configured, as an isolate reads it: from memory, from KV, and from `Workspace` where KV is behind.
 * A change holds everywhere within ten seconds, whatever KV does (design §4, Freshness).
 */
import { Bounded } from "../config/bounded.ts";
import type { Client } from "../config/client.ts";
import type { CustomApp } from "../config/custom-app.ts";
import type { Script, Secret } from "../config/script.ts";
import type { ReadBefore } from "../connectors/connector.ts";
import type { Connection } from "../connectors/index.ts";
import type { Sealed } from "../crypto/seal.ts";
import type { Seconds } from "../flow.ts";
import {
  type ConnectionList,
  type DeploymentDocument,
  type Head,
  keyOf,
  type Place,
  type Published,
  SYSTEM,
  type WorkspaceDocument,
} from "./published.ts";
import { type Objects, placed } from "./placed.ts";

/** As stored: its credentials are sealed. */
export type StoredConnection = Omit<Connection, "credentials"> & {
  readonly credentials: Sealed<Connection["credentials"]>;
};

/** As stored: its value is sealed. */
type StoredSecret = Omit<Secret, "secret"> & { readonly secret: Sealed<{ readonly value: string }> };

/** The authority could not be asked for too long: nothing may be decided on what is remembered. */
export class StaleConfiguration extends Error {
  override readonly name = "StaleConfiguration";
}

/** Seconds for which a head is trusted. */
const FRESH = 10;
/** Seconds after which, with no head to be had, nothing is trusted any more. */
const TOO_OLD = 300;
/** Seconds between two looks for a workspace that the table does not have. */
const ASK_AGAIN = 1;
/** Records that an isolate remembers, and names that it remembers as absent: a flood of names evicts only names. */
const REMEMBERED = 5_000;

/** Names a second that an isolate asks the authority for although neither KV nor the head knows them. */
const ASKED_PER_SECOND = 20;

interface KnownHead {
  version: number;
  at: Seconds;
  readonly changed: Map<string, number>;
}

const heads = new Map<string, KnownHead>();
const present = new Bounded<Published<unknown>>(REMEMBERED);
const absent = new Bounded<Published<unknown>>(REMEMBERED);

export interface Configuration {
  /** @throws StaleConfiguration */
  deployment(): Promise<DeploymentDocument>;
  workspace(id: string): Promise<WorkspaceDocument | undefined>;
  client(workspace: string, id: string): Promise<Client | undefined>;
  connection(workspace: string, id: string): Promise<StoredConnection | undefined>;
  connections(workspace: string): Promise<ConnectionList>;
  /** What was read of the provider of a connection. */
  metadata(workspace: string, connection: string): Promise<ReadBefore | undefined>;
  app(workspace: string, id: string): Promise<CustomApp | undefined>;
  script(workspace: string, id: string): Promise<Script | undefined>;
  secret(workspace: string, id: string): Promise<StoredSecret | undefined>;
  /** Of a workspace that was asked for before. */
  place(workspace: string): Place;
  /** The objects of a workspace that was asked for before. */
  objects(workspace: string): Objects;
  /** The workspace that answers at an origin of its own, as far as it is known here. */
  owner(origin: string): string | undefined;
}

/** @param now seconds since 1970 */
export function readConfiguration(env: Cloudflare.Env, now: () => Seconds): Configuration {
  const table = () =>
    (present.get(keyOf.deployment())?.value as DeploymentDocument | null | undefined)?.workspaces ?? {};
  const place = (workspace: string): Place => (Object.hasOwn(table(), workspace) && table()[workspace]) || {};
  const objects = (workspace: string) => placed(env, place(workspace).jurisdiction);
  const authority = (workspace: string) => objects(workspace).WORKSPACE.getByName(workspace);

  async function head(workspace: string, fresh = FRESH): Promise<KnownHead> {
    const known = heads.get(workspace);
    if (known && now() - known.at < fresh) return known;
    try {
      const asked = now();
      return learn(workspace, await authority(workspace).head(known?.version), asked);
    } catch (error) {
      if (known && now() - known.at < TOO_OLD) return known;
      throw new StaleConfiguration("the configuration authority does not answer", { cause: error });
    }
  }

  async function read<T>(workspace: string, key: string, fresh?: number): Promise<T | undefined> {
    const needed = (await head(workspace, fresh)).changed.get(key) ?? 0;
    const known = present.get(key) ?? absent.get(key);
    if (known && known.version >= needed) return (known.value as T | null) ?? undefined;
    const published = await env.CONFIG.get<Published<T>>(key, "json");
    if (published && published.version >= needed) return remember(key, published);
    // Made-up names must not keep the authority busy: what it was not asked for is absent, but not remembered as such.
    if (needed === 0 && !mayAsk(now())) return undefined;
    // Noted before it is asked: a record that is made meanwhile is newer than this absence.
    const version = heads.get(workspace)?.version ?? 0;
    const answer = await authority(workspace).read(key);
    return remember(key, answer ? (JSON.parse(answer) as Published<T>) : { version, value: null });
  }

  return {
    async deployment() {
      return (await read<DeploymentDocument>(SYSTEM, keyOf.deployment())) ?? { workspaces: {} };
    },
    async workspace(id) {
      const known = async (fresh?: number) => {
        const found = await read<DeploymentDocument>(SYSTEM, keyOf.deployment(), fresh);
        return found !== undefined && Object.hasOwn(found.workspaces, id);
      };
      // A name that is not in the table wakes no object of that name.
      if (!(await known()) && !(await known(ASK_AGAIN))) return undefined;
      return read<WorkspaceDocument>(id, keyOf.workspace(id));
    },
    place,
    objects,
    owner: (origin) => Object.entries(table()).find(([, place]) => place.origin === origin)?.[0],
    client: (workspace, id) => read<Client>(workspace, keyOf.client(workspace, id)),
    connection: (workspace, id) => read<StoredConnection>(workspace, keyOf.connection(workspace, id)),
    connections: async (workspace) =>
      (await read<ConnectionList>(workspace, keyOf.connections(workspace))) ?? { connections: [] },
    metadata: (workspace, id) => read<ReadBefore>(workspace, keyOf.metadata(workspace, id)),
    app: (workspace, id) => read<CustomApp>(workspace, keyOf.app(workspace, id)),
    script: (workspace, id) => read<Script>(workspace, keyOf.script(workspace, id)),
    secret: (workspace, id) => read<StoredSecret>(workspace, keyOf.secret(workspace, id)),
  };
}

let asked = { second: 0, count: 0 };

function mayAsk(second: Seconds): boolean {
  if (asked.second !== second) asked = { second, count: 0 };
  return asked.count++ < ASKED_PER_SECOND;
}

/** Called after this isolate changed something itself: its next read asks the authority. */
export function expectChange(workspace: string): void {
  const known = heads.get(workspace);
  if (known) known.at = 0;
}

function learn(workspace: string, { version, changed }: Head, at: Seconds): KnownHead {
  const known = heads.get(workspace) ?? { version, at, changed: new Map<string, number>() };
  for (const [key, changedIn] of Object.entries(changed))
    if ((known.changed.get(key) ?? 0) < changedIn) known.changed.set(key, changedIn);
  known.version = Math.max(known.version, version);
  known.at = Math.max(known.at, at);
  heads.set(workspace, known);
  return known;
}

function remember<T>(key: string, published: Published<T>): T | undefined {
  const [map, other] = published.value === null ? [absent, present] : [present, absent];
  other.delete(key);
  map.set(key, published);
  return published.value ?? undefined;
}
