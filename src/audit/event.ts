/** Everything that is recorded, as one union. Events name a person by subject only and hold no secret. */
import type { Seconds } from "../flow.ts";
import type { Yielded } from "./yielded.ts";

interface Common {
  /** The operator, where one did it for or to somebody. */
  readonly by?: string;
  readonly at: Seconds;
  readonly workspace: string;
  /** Joins the event to pages, errors and log lines of the same request. */
  readonly request_id?: string;
}

/** Decided in a person's object: kept in its outbox in the same transaction as the decision. */
export type PersonEvent = Common & { readonly subject: string; readonly client_id?: string } & (
    | ({
        readonly type: "sign_in";
        readonly connection: string;
        readonly session: string;
        /** Values that could not be carried: `name: reason`. */
        readonly left_out?: readonly string[];
      } & Partial<Yielded>)
    | { readonly type: "claims_left_out"; readonly session: string; readonly left_out: readonly string[] }
    | { readonly type: "session_resumed"; readonly connection: string; readonly session: string }
    | { readonly type: "consent_asked"; readonly scope: readonly string[] }
    | { readonly type: "consent_given"; readonly scope: readonly string[] }
    | { readonly type: "consent_denied" }
    | { readonly type: "code_issued"; readonly grant: string; readonly scope: readonly string[] }
    | { readonly type: "code_redeemed"; readonly grant: string }
    | { readonly type: "code_reused"; readonly grant: string }
    | { readonly type: "code_refused"; readonly grant: string; readonly reason: string }
    | { readonly type: "refreshed"; readonly grant: string; readonly generation: number }
    | { readonly type: "refresh_reused"; readonly grant: string; readonly generation: number }
    | { readonly type: "grant_ended"; readonly grant: string }
    | { readonly type: "token_revoked"; readonly grant: string }
    | { readonly type: "signed_out"; readonly session: string }
    | { readonly type: "consent_withdrawn"; readonly grants: number }
    | { readonly type: "logout_undelivered"; readonly session: string; readonly reason: string }
    | { readonly type: "contexts_erased"; readonly contexts: number }
    | { readonly type: "identity_linked"; readonly connection: string; readonly identity: string }
    | {
        readonly type: "identity_unlinked";
        readonly connection: string;
        readonly identity: string;
        /** Where neither the person nor an operator did it. */
        readonly reason?: string;
      }
    | { readonly type: "account_closed"; readonly into: string }
    | { readonly type: "linking_refused"; readonly connection: string; readonly reason: string }
    | { readonly type: "exported" }
    | { readonly type: "erased" }
    | { readonly type: "app_asked"; readonly app: string }
    | { readonly type: "app_completed"; readonly app: string; readonly attributes: readonly string[] }
    | { readonly type: "app_aborted"; readonly app: string; readonly error: string }
    | ScriptExecuted
  );

/** An operator's script ran. Why it failed is said in our words: its own could name a person. */
export interface ScriptExecuted {
  readonly type: "script_executed";
  readonly script: string;
  readonly point: string;
  readonly connection?: string;
  readonly client_id?: string;
  readonly outcome: "succeeded" | "failed" | "continued";
  /** Milliseconds. */
  readonly duration: number;
  readonly reason?: string;
}

/** Refusals of callers who proved nothing, and what operators do. */
export type OtherEvent = Common &
  (
    | {
        readonly type: "refused";
        readonly where: string;
        readonly error: string;
        readonly reason: string;
        readonly client_id?: string;
        readonly connection?: string;
        /** Where a provider's answer was the cause. */
        readonly upstream?: string;
      }
    | {
        readonly type: "connection_checked";
        readonly by: string;
        readonly connection: string;
        readonly faults: readonly string[];
      }
    | { readonly type: "refusals_counted"; readonly count: number }
    | ScriptExecuted
    | ({ readonly type: "alert" } & Alert)
    | {
        readonly type: "bootstrap_used";
        readonly method: string;
        readonly path: string;
        readonly refused: boolean;
      }
    | {
        readonly type: "configuration_changed";
        readonly by: string;
        readonly record: string;
        readonly record_id: string;
        readonly change: string;
        /** Member → its value before and after, as JSON, without secrets. */
        readonly changes?: Readonly<Record<string, { readonly before?: string; readonly after?: string }>>;
      }
  );

/** What an operator should look at. */
export type Alert =
  | {
      readonly alert: "connection_failing";
      readonly connection: string;
      readonly failures: number;
      /** Why the last one failed, in a word. */
      readonly upstream: string;
    }
  | {
      /** At most once a day for each connection, and for each application. */
      readonly alert: "values_left_out";
      readonly connection?: string;
      readonly client_id?: string;
      readonly left_out: readonly string[];
    }
  | {
      /** The metadata of a connection's provider could not be read, for the first time since they could. */
      readonly alert: "metadata_unreadable";
      readonly connection: string;
    }
  | {
      /** The last certificate of a connection's provider. */
      readonly alert: "certificates_expiring";
      readonly connection: string;
      readonly expires_at: Seconds;
    }
  | {
      readonly alert: "credentials_expiring";
      readonly record: string;
      /** Not `id`, which is the event's own: receivers know by it what they have. */
      readonly record_id: string;
      readonly expires_at: Seconds;
    };

export type AuditEvent = PersonEvent | OtherEvent;

/** Every type, in the order of a sign-in, for whoever looks for one. The compiler sees to it that none is missing. */
export const EVENT_TYPES = Object.keys({
  sign_in: 0,
  session_resumed: 0,
  script_executed: 0,
  app_asked: 0,
  app_completed: 0,
  app_aborted: 0,
  consent_asked: 0,
  consent_given: 0,
  consent_denied: 0,
  consent_withdrawn: 0,
  code_issued: 0,
  code_redeemed: 0,
  code_reused: 0,
  code_refused: 0,
  claims_left_out: 0,
  refreshed: 0,
  refresh_reused: 0,
  grant_ended: 0,
  token_revoked: 0,
  signed_out: 0,
  logout_undelivered: 0,
  contexts_erased: 0,
  identity_linked: 0,
  identity_unlinked: 0,
  linking_refused: 0,
  account_closed: 0,
  exported: 0,
  erased: 0,
  refused: 0,
  refusals_counted: 0,
  alert: 0,
  connection_checked: 0,
  bootstrap_used: 0,
  configuration_changed: 0,
} satisfies Record<AuditEvent["type"], 0>);
