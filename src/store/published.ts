/** What `Workspace` publishes to KV, and what it tells an isolate that asks how fresh its copies are. */
import type { Api } from "../config/api.ts";
import type { Claim } from "../config/claim.ts";
import type { ContextAttribute } from "../config/context-attribute.ts";
import type { ConnectionSummary } from "../config/connection.ts";
import type { Feature } from "../config/feature.ts";
import type { LinkingRule } from "../config/linking-rule.ts";
import type { Operator } from "../config/operator.ts";
import type { SigningKey } from "../config/keys.ts";
import type { Scope } from "../config/scope.ts";
import type { Jurisdiction, WorkspaceSettings } from "../config/workspace.ts";
import type { Sealed } from "../crypto/seal.ts";
import type { Seconds } from "../flow.ts";

/** A value with the version that wrote it; null says that it was deleted. */
export interface Published<T> {
  readonly version: number;
  readonly value: T | null;
}

export interface Head {
  readonly version: number;
  /** Keys that changed after the asked version, or in the last hour, with the version that wrote them. */
  readonly changed: Readonly<Record<string, number>>;
}

/** Everything of a workspace but clients and connections, which have a key each. */
export interface WorkspaceDocument {
  readonly id: string;
  readonly created_at: Seconds;
  readonly settings: WorkspaceSettings;
  readonly scopes: readonly Scope[];
  readonly apis: readonly Api[];
  /** Of the authentication context. */
  readonly schema: readonly ContextAttribute[];
  readonly claims: readonly Claim[];
  readonly features: readonly Feature[];
  /** Absent where an earlier version of this software published the document. */
  readonly linking_rules?: readonly LinkingRule[];
  /** Only in `system`. */
  readonly operators: readonly Operator[];
  readonly keys: readonly SigningKey[];
  /** For `sub`. Never rotates; part of a backup. */
  readonly salt: Sealed<string>;
}

/** The connections of a workspace, for the chooser. */
export interface ConnectionList {
  readonly connections: readonly ConnectionSummary[];
}

/** Which workspaces the deployment has: the table that a request's origin and path are looked up in. */
export interface DeploymentDocument {
  readonly workspaces: Readonly<Record<string, Place>>;
}

/** Where a workspace is. */
export interface Place {
  readonly jurisdiction?: Jurisdiction;
  /** The origin at which it answers, if that is its own. */
  readonly origin?: string;
  /** The workspace is gone, and its id is not given again: old grants must not come back with it. */
  readonly deleted_at?: Seconds;
}

/** Names in KV. `README.md` beside this file says who writes and who reads each. */
export const keyOf = {
  deployment: () => "system/deployment",
  workspace: (workspace: string) => `${workspace}/workspace`,
  connections: (workspace: string) => `${workspace}/connections`,
  client: (workspace: string, id: string) => `${workspace}/client/${id}`,
  connection: (workspace: string, id: string) => `${workspace}/connection/${id}`,
  metadata: (workspace: string, connection: string) => `${workspace}/metadata/${connection}`,
  app: (workspace: string, id: string) => `${workspace}/custom-app/${id}`,
  script: (workspace: string, id: string) => `${workspace}/script/${id}`,
  secret: (workspace: string, id: string) => `${workspace}/secret/${id}`,
};

/** The object that decides which workspaces there are. */
export const SYSTEM = "system";
