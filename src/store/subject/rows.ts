/** What a person's object keeps. Values that it need not read are sealed. */
import type { PersonEvent } from "../../audit/event.ts";
import type { About } from "./about.ts";
import type { Sealed } from "../../crypto/seal.ts";
import type { RequestedClaims } from "../../config/requested-claims.ts";
import type { Lineage, Release, Values } from "../../lineage.ts";
import type { AppAnswer } from "./app-login.ts";
import type { AppSession, Authentication, JsonObject, Seconds, Visitor } from "../../flow.ts";

/** A browser that a person signed in with. What they proved there is not kept with it, but in {@link ContextRow}. */
export interface SessionRow {
  readonly connection: string;
  /** When the person was last seen at the provider in this session. */
  readonly signed_in_at: Seconds;
  /** When the provider last authenticated the person; absent where it does not say. */
  readonly auth_time?: Seconds;
  readonly through?: Through;
  /** When the session was last used. */
  readonly used_at: Seconds;
  readonly visitor: Sealed<Visitor>;
  /** What ends the session at the provider, where that is wanted. */
  readonly at_provider?: Sealed<JsonObject>;
  /** Apps that were given tokens in it: they are told when it ends. */
  readonly clients: readonly string[];
}

/** A sign-in by a linked identity. It is void once no rule allows this link of these connections any more. */
export interface Through {
  readonly link: string;
  /** The connection of the person's first identity. */
  readonly home: string;
  readonly linked_at: Seconds;
}

/** A cached authentication context: what a further request of the same browser is answered from. Gone when its time is up. */
export interface ContextRow {
  readonly authentication: Sealed<Authentication>;
  readonly auth_time?: Seconds;
  /** What of the connection made it: a context that would come out otherwise today is not used. */
  readonly made_by: string;
  /** Paths of required claims that it has no value for. */
  readonly lacks?: readonly string[];
}

/** What is to be granted once the person agrees. */
export interface GrantRequest {
  readonly client_id: string;
  readonly redirect_uri: string;
  readonly scope: readonly string[];
  readonly resource: readonly string[];
  readonly nonce?: string;
  readonly code_challenge?: string;
  readonly claims?: RequestedClaims;
  /** Seconds from the grant to the end of its refresh family; 0 where no refresh token may be given. */
  readonly offline_for: Seconds;
  /** Seconds that any other token of the grant may live. */
  readonly tokens_for: Seconds;
}

/** A signed-in person: who asks is here, who they are is sealed. */
export interface Present {
  readonly session: string;
  readonly connection: string;
  readonly authentication: Sealed<Authentication>;
  /** When the person was seen at the provider: what a `not_before` is compared with. */
  readonly signed_in_at: Seconds;
  readonly through?: Through;
}

export interface GrantRow extends GrantRequest, Present {
  readonly created_at: Seconds;
  /** `fresh` until the code is presented for the first time. */
  readonly code: "fresh" | "spent";
  /** The refresh generation that is expected next; 0 before the code was redeemed. */
  readonly generation: number;
  readonly rotated_at: Seconds;
}

export interface ConsentRow {
  /** Scope as it was granted → when. */
  readonly scopes: Readonly<Record<string, Seconds>>;
  readonly connection: string;
}

/** A sign-in that waits for the person's consent. */
export interface LoginRow {
  readonly present: Present;
  readonly request: GrantRequest;
  readonly asked: readonly string[];
  /** Those of them that are remembered once they are granted. */
  readonly lasting: readonly string[];
}

/** A sign-in that waits for a post-authentication application. */
export interface AppRow {
  readonly app: string;
  /** `login_state`: only the browser that left has it, and the application that it went to. */
  readonly state: string;
  readonly client_id: string;
  readonly session: Sealed<AppSession>;
  readonly left_at: Seconds;
  /** Of the linked identity that the person came by. */
  readonly link?: string;
  /** Given once. */
  readonly answer?: AppAnswer;
}

/** What is left of access that was withdrawn: tokens that an app can read itself, until they expire. */
export interface WithdrawnRow {
  readonly at: Seconds;
  readonly readable_until: Seconds;
}

/** Another identity that signs in as this subject. The object decides; what the identity's own object says is a way to it. */
export interface IdentityRow extends Named {
  /** What the identity is on its own, and what its object is called. */
  readonly subject: string;
  /** Of this link and no later one of the same identity. */
  readonly link: string;
  readonly linked_at: Seconds;
  /** Who was at which browser, for the person's own page. */
  readonly visitor: Sealed<Visitor>;
  /** The identity's own object has not given way yet. */
  readonly pending?: true;
}

/** All that the object of a linked identity holds. */
export interface PointerRow {
  readonly subject: string;
  readonly link: string;
}

/** What an identity is found by. */
interface Named {
  readonly issuer: string;
  readonly email_hash?: string;
  readonly login_hash?: string;
}

/** What the person is known by. */
export interface PersonRow extends Named {
  readonly connection: string;
  readonly first_seen: Seconds;
  readonly last_seen: Seconds;
  readonly clients: readonly string[];
}

/** What the directory lists. */
export interface ListedPerson extends PersonRow {
  readonly identities?: readonly (Named & { readonly subject: string; readonly connection: string })[];
}

/** An app that is to be told that a session ended. */
export interface LogoutRow {
  readonly about: About;
  readonly session: string;
  readonly client_id: string;
  /** Tries that failed, and when the next one is. */
  readonly failed: number;
  readonly next: Seconds;
}

/** A sign-in as it ran. */
export interface LineageRow {
  readonly at: Seconds;
  readonly connection: string;
  readonly lineage: Sealed<Lineage>;
}

export type OutboxRow =
  | { readonly to: "audit"; readonly events: readonly PersonEvent[] }
  | {
      readonly to: "directory";
      readonly workspace: string;
      readonly subject: string;
      readonly person: ListedPerson;
    }
  | {
      readonly to: "directory";
      readonly workspace: string;
      readonly subject: string;
      readonly erased_at: Seconds;
    }
  | LinkSays;

/** To the other object of a link. */
export interface LinkSays {
  readonly to: "subject";
  /** Whom it goes to. */
  readonly about: About;
  readonly link: string;
  readonly says: "gave way" | "released";
}

export interface SubjectRows {
  session: SessionRow;
  context: ContextRow;
  grant: GrantRow;
  consent: ConsentRow;
  login: LoginRow;
  app: AppRow;
  withdrawn: WithdrawnRow;
  person: PersonRow;
  /** By connection. */
  identity: IdentityRow;
  pointer: PointerRow;
  /** By link: of identities that were removed a while ago. */
  spent: true;
  /** By session. */
  lineage: LineageRow;
  values: Sealed<Values>;
  /** By session and client. */
  release: Release;
  /** Access tokens that were revoked alone, by `jti`. */
  revoked: true;
  outbox: OutboxRow;
  logout: LogoutRow;
}
