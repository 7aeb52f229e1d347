/** Records → what KV shows under a key. */
import type { ConnectionSummary } from "../../config/connection.ts";
import type { JsonObject } from "../../flow.ts";
import {
  type DeploymentDocument,
  keyOf,
  type Place,
  type Published,
  type WorkspaceDocument,
} from "../published.ts";
import { keysOf } from "./key-ring.ts";
import { summaryOf } from "./summary.ts";
import type { Versions } from "./versions.ts";

/** What was read of the providers of connections: kept like a record, and not one that an operator writes. */
export const METADATA = "metadata";

/** @returns undefined for a key that no record has ever had */
export function document(versions: Versions, workspace: string, key: string): Published<unknown> | undefined {
  if (key === keyOf.deployment()) return { version: versions.changed(key), value: deployment(versions) };
  if (key === keyOf.workspace(workspace))
    return { version: versions.changed(key), value: settings(versions, workspace) };
  if (key === keyOf.connections(workspace))
    return { version: versions.changed(key), value: { connections: summaries(versions) } };
  const metadata = keyOf.metadata(workspace, "");
  if (key.startsWith(metadata)) return record(versions, METADATA, key.slice(metadata.length), key);
  for (const kind of ["client", "connection", "script", "secret", "custom-app"] as const) {
    const prefix = `${workspace}/${kind}/`;
    if (key.startsWith(prefix)) return record(versions, `${kind}s`, key.slice(prefix.length), key);
  }
  return undefined;
}

function record(versions: Versions, kind: string, id: string, key: string): Published<unknown> | undefined {
  const row = versions.read(kind, id);
  if (row) return { version: row.version, value: JSON.parse(row.body) };
  const removed = versions.changed(key);
  return removed > 0 ? { version: removed, value: null } : undefined;
}

const bodies = (versions: Versions, kind: string) =>
  versions.list(kind).map(({ body }) => JSON.parse(body) as unknown);

function settings(versions: Versions, id: string): WorkspaceDocument {
  return {
    id,
    created_at: Number(versions.meta("created_at")),
    settings: JSON.parse(versions.read("settings", id)?.body ?? "{}"),
    scopes: bodies(versions, "scopes"),
    apis: bodies(versions, "apis"),
    schema: bodies(versions, "schema"),
    claims: bodies(versions, "claims"),
    features: bodies(versions, "features"),
    linking_rules: bodies(versions, "linking-rules"),
    operators: bodies(versions, "operators"),
    keys: keysOf(versions),
    salt: versions.meta("salt") ?? "",
  } as WorkspaceDocument;
}

function deployment(versions: Versions): DeploymentDocument {
  const rows = versions.list("workspaces").map(({ id, body }) => [id, JSON.parse(body) as Place] as const);
  return { workspaces: Object.fromEntries(rows.filter(([, place]) => place.deleted_at === undefined)) };
}

function summaries(versions: Versions): ConnectionSummary[] {
  return versions
    .list("connections")
    .map(({ body }) => summaryOf(JSON.parse(body) as JsonObject))
    .toSorted((a, b) => a.display_order - b.display_order || a.name.localeCompare(b.name));
}
