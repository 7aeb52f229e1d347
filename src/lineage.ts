/** Data lineage as it ran: what became of each value in one sign-in. Names, types, origins and reasons; no values. */
import type { Yielded } from "./audit/yielded.ts";
import type { Claim } from "./config/claim.ts";
import type { DataType } from "./config/data-type.ts";
import type { RequestedClaims } from "./config/requested-claims.ts";
import type { Unfit } from "./config/measure.ts";
import type { Json, JsonObject, Seconds } from "./flow.ts";

/** One step of a value on its way; the first is where it came from. */
export type Origin =
  /** `id_token.email` of a connection. */
  | { readonly from: "provider"; readonly connection: string; readonly source: string }
  /** A constant of a mapping. */
  | { readonly from: "constant"; readonly connection: string }
  /** `string → bool`, by weak decoding. */
  | { readonly from: "conversion"; readonly as: string }
  | { readonly from: "script" | "app"; readonly name: string }
  | { readonly from: "protocol" }
  /** A member of the client's or the workspace's own record. */
  | { readonly from: "client" | "workspace" };

/** Why a value went no further, in a word. */
export type LeftOut =
  | Unfit
  | "missing"
  | "null"
  | "wrong_type"
  | "not_in_schema"
  | "set_by_protocol"
  /** A later mapping to the same target yielded a value. */
  | "replaced"
  | "context_full";

/** What was read from the provider. */
export interface Read {
  readonly name: string;
  readonly type: DataType;
  readonly left_out?: LeftOut;
}

/** What became of one mapping and one target. */
export interface Mapped {
  /** Absent for a constant. */
  readonly source?: string;
  readonly target: string;
  readonly conversion?: string;
  readonly left_out?: LeftOut;
}

/** What a script or an app did to the context. */
export interface Changed {
  readonly by: Origin;
  readonly name: string;
  readonly change: "set" | "removed" | "left_out";
  readonly left_out?: LeftOut;
}

/** The pipeline of one sign-in as it ran: names, types, conversions and reasons. */
export interface Ran {
  readonly read: readonly Read[];
  readonly mapped: readonly Mapped[];
  readonly changed: readonly Changed[];
  /** What was read, only while the workspace records values. */
  readonly values?: JsonObject;
  /** For the event of the sign-in. */
  readonly yielded?: Yielded;
}

/** Why a configured claim is not in a token. */
export type Absent =
  /** None of its scopes was granted. */
  | "scope_not_granted"
  /** Its scope was granted for other claims only. */
  | "not_asked_for"
  /** The application asked for another value. */
  | "other_value"
  /** The client's or the workspace's record has no such value. */
  | "no_value"
  /** No mapping leads to its attribute, and no script or app has set it. */
  | "not_mapped"
  /** A script or an app took it out. */
  | "removed"
  | LeftOut
  /** It is for userinfo and introspection only. */
  | "opaque"
  /** The workspace keeps claims out of ID tokens. */
  | "not_in_id_tokens"
  | "token_full";

/** One configured claim in the light of one context, before anybody asked for a scope. */
export interface ClaimSeen extends Pick<
  Claim,
  "name" | "type" | "source_type" | "source_path" | "scopes" | "opaque"
> {
  readonly origins: readonly Origin[];
  /** The first reason why it has no value. */
  readonly reason?: Absent;
}

/** What is kept of a sign-in beside the session. */
export interface Lineage extends Omit<Ran, "values" | "yielded"> {
  readonly at: Seconds;
  readonly connection: string;
  readonly claims: readonly ClaimSeen[];
  /** Whether claims go into ID tokens at all. */
  readonly claims_in_id_token: boolean;
  /** What went as configured was left out, because all of it would not fit. */
  readonly shortened?: boolean;
}

/** Only while an operator has the workspace record them. */
export interface Values {
  readonly read: JsonObject;
  readonly context: Readonly<Record<string, Json>>;
}

/** What one client got in a sign-in. */
export interface Release {
  readonly client_id: string;
  readonly scope: readonly string[];
  readonly requested?: RequestedClaims;
  /** Claims that a token had no room for: `id_token.picture`. */
  readonly left_out: readonly string[];
  readonly at: Seconds;
}
