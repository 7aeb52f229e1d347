/** What the admin API offers beside records, for its description. A test holds it against the routes. */
import type { ApiScope } from "../../config/api-scopes.ts";

/** `Idempotency-Key` makes a retry the same request; the others compare with the version that was seen. */
export type TermsHeader = "If-Match" | "If-None-Match" | "Idempotency-Key";
export const WRITE: readonly TermsHeader[] = ["If-Match", "If-None-Match", "Idempotency-Key"];

export interface Operation {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Absent where being an operator is enough. */
  readonly scope?: ApiScope;
  /** Further scopes that it needs, too. */
  readonly also?: readonly ApiScope[];
  /** Name of a schema in `components`. */
  readonly body?: string;
  /** The body may be left out, and what it describes is not written. */
  readonly optional?: true;
  /** Headers that say on which terms it writes, of those that it honours. */
  readonly terms?: readonly TermsHeader[];
  readonly answers: Readonly<Record<number, string>>;
  readonly query?: readonly string[];
}

const LIST = ["limit", "after"] as const;
const GONE = { 204: "done" } as const;
const subject = "/workspaces/{workspace}/subjects/{subject}";

export const OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/operator",
    tag: "Operators",
    summary: "Show who you are and what you may do, anywhere or in one workspace",
    answers: { 200: "Caller" },
    query: ["workspace"],
  },
  {
    method: "get",
    path: "/workspaces",
    tag: "Workspaces",
    summary: "List the workspaces that you may see",
    scope: "workspaces:read",
    answers: { 200: "List" },
    query: [...LIST, "search"],
  },
  {
    method: "put",
    path: "/workspaces/{workspace}",
    tag: "Workspaces",
    summary: "Make a workspace, or write its settings",
    scope: "workspaces:write",
    body: "settings",
    terms: WRITE,
    answers: { 200: "settings", 201: "settings" },
  },
  {
    method: "get",
    path: "/workspaces/{workspace}",
    tag: "Workspaces",
    summary: "Show the settings of a workspace",
    scope: "workspaces:read",
    answers: { 200: "settings" },
  },
  {
    method: "patch",
    path: "/workspaces/{workspace}",
    tag: "Workspaces",
    summary: "Change settings of a workspace",
    scope: "workspaces:write",
    body: "settings",
    terms: WRITE,
    answers: { 200: "settings" },
  },
  {
    method: "get",
    path: "/connection-kinds",
    tag: "Identity providers",
    summary: "List the kinds of connections with the schema of their settings and the words of each field",
    scope: "connections:read",
    answers: { 200: "List" },
  },
  {
    method: "get",
    path: "/connection-templates",
    tag: "Identity providers",
    summary: "List the ready templates: what they preset, and what to do at the provider",
    scope: "connections:read",
    answers: { 200: "List" },
  },
  {
    method: "post",
    path: "/workspaces/{workspace}/connections/{id}/check",
    tag: "Identity providers",
    summary: "Say what is wrong with a connection: the saved one, or the one in the body before it is saved",
    scope: "connections:write",
    body: "connections",
    optional: true,
    answers: { 200: "Findings" },
  },
  {
    method: "delete",
    path: "/workspaces/{workspace}",
    tag: "Workspaces",
    summary: "Delete a workspace with everything in it; without its id in confirm, say what that is",
    scope: "workspaces:write",
    also: ["keys:write", "subjects:write"],
    terms: ["If-Match"],
    answers: { 202: "done" },
    query: ["confirm"],
  },
  {
    method: "get",
    path: "/workspaces/{workspace}/keys",
    tag: "Keys",
    summary: "List the signing keys and what each does now",
    scope: "keys:read",
    answers: { 200: "List" },
  },
  {
    method: "post",
    path: "/workspaces/{workspace}/keys/{kid}/revoke",
    tag: "Keys",
    summary: "Revoke a key now: within ten seconds nothing that it signed is accepted here",
    scope: "keys:write",
    answers: GONE,
  },
  {
    method: "post",
    path: "/workspaces/{workspace}/reseal",
    tag: "Keys",
    summary: "Seal what is stored under the newest deployment key, so that an older one can go",
    scope: "keys:write",
    answers: { 200: "Resealed" },
  },
  {
    method: "get",
    path: "/workspaces/{workspace}/backup",
    tag: "Backup",
    summary: "Read the salt and the signing keys, sealed under the deployment key",
    scope: "workspaces:write",
    also: ["keys:write"],
    answers: { 200: "Backup" },
  },
  {
    method: "put",
    path: "/workspaces/{workspace}/backup",
    tag: "Backup",
    summary: "Restore them in a workspace that nobody has signed in to",
    scope: "workspaces:write",
    also: ["keys:write"],
    body: "Backup",
    answers: { 200: "Restored" },
  },
  {
    method: "get",
    path: "/workspaces/{workspace}/subjects",
    tag: "People",
    summary:
      "List people; find them by e-mail address, login name, client, connection, or how the subject begins",
    scope: "subjects:read",
    answers: { 200: "List" },
    query: [...LIST, "email", "login", "client_id", "connection", "subject"],
  },
  {
    method: "get",
    path: "/workspaces/{workspace}/consents",
    tag: "People",
    summary: "List what people agreed to, by person; find it by client, connection or person",
    scope: "subjects:read",
    answers: { 200: "List" },
    query: [...LIST, "email", "login", "client_id", "connection", "subject"],
  },
  {
    method: "get",
    path: subject,
    tag: "People",
    summary: "Show a person with their sessions, grants and consents",
    scope: "subjects:read",
    answers: { 200: "Subject" },
  },
  {
    method: "get",
    path: `${subject}/sign-ins`,
    tag: "People",
    summary: "List the last sign-ins of a person",
    scope: "subjects:read",
    answers: { 200: "List" },
  },
  {
    method: "get",
    path: `${subject}/sign-ins/{session}/lineage`,
    tag: "People",
    summary: "Show how one sign-in ran: what was read, mapped, released, and why not the rest",
    scope: "subjects:read",
    answers: { 200: "SignIn" },
  },
  {
    method: "delete",
    path: subject,
    tag: "People",
    summary: "Erase a person: sessions, grants, consents and the directory row",
    scope: "subjects:write",
    answers: GONE,
  },
  {
    method: "delete",
    path: `${subject}/sessions/{id}`,
    tag: "People",
    summary: "End a session",
    scope: "subjects:write",
    answers: GONE,
  },
  {
    method: "delete",
    path: `${subject}/contexts`,
    tag: "People",
    summary: "Erase the cached authentication contexts of a person",
    scope: "subjects:write",
    answers: GONE,
  },
  {
    method: "delete",
    path: `${subject}/identities/{id}`,
    tag: "People",
    summary: "Remove a linked identity, by its connection, with the sessions and grants that came by it",
    scope: "subjects:write",
    answers: GONE,
  },
  {
    method: "delete",
    path: `${subject}/grants/{id}`,
    tag: "People",
    summary: "End a grant with all its tokens",
    scope: "subjects:write",
    answers: GONE,
  },
  {
    method: "delete",
    path: `${subject}/consents/{id}`,
    tag: "People",
    summary: "Withdraw what a person granted a client, with all its tokens",
    scope: "subjects:write",
    answers: GONE,
  },
  {
    method: "get",
    path: "/workspaces/{workspace}/audit-events",
    tag: "Audit",
    summary: "List audit events, the latest first",
    scope: "audit:read",
    answers: { 200: "List" },
    query: [...LIST, "type", "subject", "client_id", "connection", "request_id"],
  },
  {
    method: "get",
    path: "/workspaces/{workspace}/metrics",
    tag: "Audit",
    summary: "Count sign-ins by hour, connection and outcome, and refusals by reason",
    scope: "audit:read",
    answers: { 200: "Metrics" },
    query: ["from", "to"],
  },
  {
    method: "get",
    path: "/workspaces/{workspace}/lineage",
    tag: "Data lineage",
    summary:
      "Show as a graph which values may become which claims, for which clients, and what leads nowhere",
    scope: "workspaces:read",
    also: ["connections:read", "clients:read"],
    answers: { 200: "Lineage" },
    query: ["connection", "client_id"],
  },
  {
    method: "get",
    path: "/workspaces/{workspace}/silent-mappings",
    tag: "Data lineage",
    summary:
      "List mappings that never give a value: by what is configured, or in the sign-ins of the last seven days",
    scope: "workspaces:read",
    also: ["connections:read", "audit:read"],
    answers: { 200: "SilentMappings" },
  },
  {
    method: "post",
    path: "/workspaces/{workspace}/scripts/test",
    tag: "Scripts",
    summary: "Run a script on trial, with an input of your own",
    scope: "scripts:write",
    body: "ScriptTest",
    answers: { 200: "Execution" },
  },
  {
    method: "get",
    path: "/workspaces/{workspace}/script-execution-points",
    tag: "Scripts",
    summary: "List which script runs where, and what each point gives and takes",
    scope: "scripts:read",
    answers: { 200: "ExecutionPoints" },
  },
  {
    method: "put",
    path: "/workspaces/{workspace}/script-execution-points",
    tag: "Scripts",
    summary: "Assign scripts to points, or take them off; what is not named stays",
    scope: "scripts:write",
    body: "ExecutionPoints",
    answers: { 200: "ExecutionPoints" },
  },
  {
    method: "get",
    path: "/workspaces/{workspace}/scripts/{id}/debug",
    tag: "Scripts",
    summary: "Show what was recorded of a script while debugging, the latest first",
    scope: "scripts:read",
    also: ["subjects:read"],
    answers: { 200: "Debug" },
  },
  {
    method: "put",
    path: "/workspaces/{workspace}/scripts/{id}/debug",
    tag: "Scripts",
    summary: "Record executions of a script for a time, such as 60s or 10m",
    scope: "scripts:write",
    answers: { 200: "scripts" },
    query: ["duration"],
  },
  {
    method: "delete",
    path: "/workspaces/{workspace}/scripts/{id}/debug",
    tag: "Scripts",
    summary: "Stop recording",
    scope: "scripts:write",
    answers: GONE,
  },
  {
    method: "get",
    path: "/workspaces/{workspace}/scripts/{id}/versions",
    tag: "Scripts",
    summary: "List the versions of a script, with who wrote each and when",
    scope: "scripts:read",
    answers: { 200: "List" },
  },
  {
    method: "post",
    path: "/workspaces/{workspace}/scripts/{id}/versions/{version}/restore",
    tag: "Scripts",
    summary: "Return to an earlier version, which becomes the latest one",
    scope: "scripts:write",
    terms: WRITE,
    answers: { 200: "scripts" },
  },
];
