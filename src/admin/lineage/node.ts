/** Data lineage as configured: the words of its graph. */
import type { DataType } from "../../config/data-type.ts";

/** The way of a value, from the left to the right. */
export const COLUMNS = ["source", "attribute", "context", "claim", "scope", "client"] as const;
export type Column = (typeof COLUMNS)[number];

/** Why nothing goes on here, in a word. */
export type DeadEnd =
  /** An attribute that no mapping takes. */
  | "not_mapped"
  /** An attribute of userinfo, which the connection does not fetch. */
  | "userinfo_off"
  /** A mapping whose types exclude each other: it never yields a value. */
  | "never_fits"
  /** A context attribute that neither mapping, script nor app fills. */
  | "not_filled"
  /** A context attribute that no claim takes. */
  | "no_claim"
  /** A claim that no client may ask for. */
  | "nobody_may_ask"
  /** A scope that the workspace does not have. */
  | "no_such_scope";

export interface Node {
  /** `attribute:customers:id_token.custom:department`, `context:department`, `claim:id_token-department` … */
  readonly id: string;
  readonly column: Column;
  /** As it is called where it is configured. */
  readonly name: string;
  readonly display_name?: string;
  /** Of sources and attributes that belong to one. */
  readonly connection?: string;
  /** Of attributes. */
  readonly type?: DataType;
  /** Of claims: which token carries it. */
  readonly token?: "id_token" | "access_token";
  /** Of claims: at userinfo and introspection only. */
  readonly opaque?: true;
  readonly required?: true;
  /** Switched off: a connection or a client. */
  readonly disabled?: true;
  readonly dead_ends?: readonly DeadEnd[];
}

/** One step of the way. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /**
   * `read` from the provider, `mapped` into the context, `set` by a script, an app or the protocol, `carried` by a
   * claim, `released` by a scope, `granted` to a client.
   */
  readonly as: "read" | "mapped" | "set" | "carried" | "released" | "granted";
  /** Of mappings: its place in the connection's list; of several to one target the last that yields a value wins. */
  readonly mapping?: number;
  /** Of mappings: how many of its connection lead to the same target. */
  readonly among?: number;
  /** Of mappings: values of other types are converted (`allow_weak_decoding`). */
  readonly converts?: true;
  readonly dead_ends?: readonly DeadEnd[];
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** What scripts, apps and whole objects may fill: any attribute of the schema, which one is known only when they ran. */
export const ANY_ATTRIBUTE = "context:*";
/** What stands for the scopes of a claim that has none. */
export const ALWAYS = "scope:";

export const idOf = {
  source: (connection: string, source: string) => `source:${connection}:${source}`,
  attribute: (connection: string, key: string) => `attribute:${connection}:${key}`,
  context: (name: string) => `context:${name}`,
  claim: (id: string) => `claim:${id}`,
  scope: (name: string) => `scope:${name}`,
  client: (id: string) => `client:${id}`,
};
