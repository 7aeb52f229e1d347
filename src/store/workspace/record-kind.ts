/** What a kind of record is to the object that keeps it. */
import type * as z from "zod";
import type { ConnectionBase } from "../../config/connection.ts";
import type { ContextAttribute } from "../../config/context-attribute.ts";
import type { Sealed } from "../../crypto/seal.ts";
import type { JsonObject } from "../../flow.ts";
import type { Issue } from "./issues.ts";

/** Seals and opens secrets of one record. */
export interface Vault {
  seal(id: string, value: unknown): Promise<Sealed<JsonObject>>;
  /** @returns nothing in it where no key of this deployment opens the value: `opens` tells */
  unseal(id: string, value: unknown): Promise<JsonObject>;
  /** Whether a key of this deployment does. */
  opens(id: string, value: unknown): Promise<boolean>;
  /** For answers that are kept for an `Idempotency-Key`: they may hold a secret that was shown once. */
  close(key: string, value: object): Promise<string>;
  open<T>(key: string, value: string): Promise<T>;
}

/** A record on its way into storage. */
export interface Prepared {
  readonly plain: JsonObject;
  /** Shown to the operator once. */
  readonly revealed?: JsonObject;
}

/** What an operator wrote cannot be made into a record. */
export class InvalidRecord extends Error {
  override readonly name = "InvalidRecord";
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** What a record is judged by, as stored: an older version may have written less. */
export interface Others {
  readonly schema: ContextAttribute;
  readonly connections: Pick<ConnectionBase, "id"> & Partial<ConnectionBase>;
}

/** All of a kind but the record itself. */
export type OthersOf = <K extends keyof Others>(kind: K) => readonly Others[K][];

/** Judges a record, as its schema made it, by the others of its workspace. */
export type Among<R> = (record: R, others: OthersOf) => Issue[];

/** A schema and who judges what it makes: they stand together, so that neither can be given another's. */
export function judged<S extends z.ZodType>(schema: S, among: Among<z.infer<S>>) {
  return { schema, among };
}

/** A record that was there, and what it became. Both without seals. */
export interface Change {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

export interface RecordKind {
  readonly schema: z.ZodType;
  /** The member that is the id, on the wire and in the URL. */
  readonly id: "id" | "name" | "flag" | "client_id" | undefined;
  /** Earlier versions that are kept, with who wrote them. */
  readonly history?: number;
  /** KV keys that show the record; of a change, those that show something of it. */
  readonly published: (workspace: string, id: string, change?: Change) => string[];
  /** Its ids are remembered when it is deleted, since no KV key of its own tells that there was one. */
  readonly remembered?: true;
  /** Members of storage that are never shown. */
  readonly secret: readonly string[];
  /** Members that an operator writes and never reads; null asks for a new one, or for none. */
  readonly writeOnly: readonly string[];
  /** Whether nothing secret of what is stored stays; without it, whether every write-only member was written. */
  readonly saysAll?: (input: JsonObject, stored: JsonObject | undefined) => boolean;
  /** What was written, with what was left out of it and stays. */
  readonly prepare: (input: JsonObject, stored: JsonObject | undefined) => Promise<Prepared>;
  /** Of what {@link schema} makes, and nothing else. */
  readonly among?: Among<never>;
  /** For a record whose writer left this member out: its default, as it fits among the others. */
  readonly fit?: {
    readonly member: string;
    readonly to: (record: never, others: OthersOf) => object;
  };
  /** Storage ↔ plain. */
  readonly open: (stored: JsonObject, id: string, vault: Vault) => Promise<JsonObject>;
  readonly close: (plain: JsonObject, id: string, vault: Vault) => Promise<JsonObject>;
}
