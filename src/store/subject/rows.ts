/** What a person's object keeps. Values that it need not read are sealed. */
import type { PersonEvent } from "../../audit/event.ts";
import type { Sealed } from "../../crypto/seal.ts";
import type { Authentication, Seconds } from "../../flow.ts";

export interface SessionRow {
  readonly connection: string;
  readonly authentication: Sealed<Authentication>;
  readonly auth_time?: Seconds;
  /** When the person was last seen at the provider in this session. */
  readonly signed_in_at: Seconds;
}

/** What is to be granted once the person agrees. */
export interface GrantRequest {
  readonly client_id: string;
  readonly redirect_uri: string;
  readonly scope: readonly string[];
  readonly resource: readonly string[];
  readonly nonce?: string;
  readonly code_challenge?: string;
  /** Seconds from the grant to the end of its refresh family; 0 where no refresh token may be given. */
  readonly offline_for: Seconds;
  /** Seconds that any other token of the grant may live. */
  readonly tokens_for: Seconds;
}

export interface GrantRow extends GrantRequest {
  readonly connection: string;
  readonly session: string;
  readonly authentication: Sealed<Authentication>;
  readonly created_at: Seconds;
  /** When the person was seen at the provider: what a `not_before` is compared with. */
  readonly signed_in_at: Seconds;
  /** `fresh` until the code is presented for the first time. */
  readonly code: "fresh" | "spent";
  /** The refresh generation that is expected next; 0 before the code was redeemed. */
  readonly generation: number;
  readonly rotated_at: Seconds;
}

export interface ConsentRow {
  /** Scope → when it was granted. */
  readonly scopes: Readonly<Record<string, Seconds>>;
  readonly connection: string;
}

/** A sign-in that waits for the person's consent. */
export interface LoginRow {
  readonly session: string;
  readonly request: GrantRequest;
  readonly asked: readonly string[];
}

/** What the directory lists. */
export interface PersonRow {
  readonly connection: string;
  readonly issuer: string;
  readonly email_hash?: string;
  readonly login_hash?: string;
  readonly first_seen: Seconds;
  readonly last_seen: Seconds;
  readonly clients: readonly string[];
}

export type OutboxRow =
  | { readonly to: "audit"; readonly event: PersonEvent }
  | {
      readonly to: "directory";
      readonly workspace: string;
      readonly subject: string;
      /** Absent when the person was erased. */
      readonly person?: PersonRow;
    };

export interface SubjectRows {
  session: SessionRow;
  grant: GrantRow;
  consent: ConsentRow;
  login: LoginRow;
  person: PersonRow;
  /** Access tokens that were revoked alone, by `jti`. */
  revoked: true;
  outbox: OutboxRow;
}
