/** The resources of a workspace that are records: one line each. Routes, rights and the OpenAPI document follow from it. */
import type { ApiArea } from "../config/api-scopes.ts";
import type { RecordName } from "../store/workspace/records.ts";

export interface Resource {
  readonly record: RecordName;
  /** Whose scopes it needs. */
  readonly area: ApiArea;
  readonly one: string;
  readonly many: string;
  /** Only in the workspace `system`. */
  readonly system?: true;
}

export const RESOURCES: readonly Resource[] = [
  { record: "connections", area: "connections", one: "connection", many: "Identity providers" },
  { record: "clients", area: "clients", one: "client", many: "Clients" },
  { record: "apis", area: "workspaces", one: "API", many: "APIs" },
  { record: "scopes", area: "workspaces", one: "scope", many: "Scopes" },
  { record: "schema", area: "workspaces", one: "context attribute", many: "Authentication context" },
  { record: "claims", area: "workspaces", one: "claim", many: "Claims" },
  { record: "scripts", area: "scripts", one: "script", many: "Scripts" },
  { record: "secrets", area: "scripts", one: "secret", many: "Secrets" },
  { record: "custom-apps", area: "scripts", one: "custom application", many: "Custom apps" },
  { record: "features", area: "workspaces", one: "feature", many: "Features" },
  { record: "linking-rules", area: "workspaces", one: "linking rule", many: "Account linking" },
  { record: "operators", area: "operators", one: "operator", many: "Operators", system: true },
];

/** Members that are shown beside the record. */
export const READ_ONLY: { readonly [K in RecordName]?: readonly string[] } = {
  settings: ["id", "issuer"],
  connections: ["redirect_url", "credentials_set", "certificates_expire_at"],
  "custom-apps": ["client_id", "client"],
};

/** The resource that a URL names in a workspace. */
export function resourceOf(name: string | undefined, workspace: string): Resource | undefined {
  return RESOURCES.find(
    ({ record, system }) => record === name && (system === undefined || workspace === "system"),
  );
}
