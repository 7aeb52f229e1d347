/**
 * One sign-in, in reading order:
 *
 *   client ─ authorize ─▶ AuthorizationRequest ─▶ Departure ┄browser at the IdP┄▶ UpstreamIdentity ─▶ Attributes
 *          ─▶ AuthenticationContext ┄consent page┄▶ Consent ─▶ Grant ─ code ─▶ client ─ token ─▶ Tokens
 *
 * Each arrow is one function in `steps/`, `grants/` or `tokens/`; `steps/proceed.ts` alone decides what is next.
 */
import type { Source } from "./config/attribute.ts";
import type { Locale } from "./config/locale.ts";
import type { RequestedClaims } from "./config/requested-claims.ts";
import type { Origin, Ran } from "./lineage.ts";

/** Seconds since 1970. */
export type Seconds = number;
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export type Prompt = "none" | "login" | "consent" | "select_account";
export type ResponseMode = "query" | "fragment" | "form_post";

/** Where an answer may go: proven to belong to the client before the value exists. */
export interface ReturnAddress {
  readonly client_id: string;
  readonly redirect_uri: string;
  readonly response_mode: ResponseMode;
  readonly state?: string;
}

/** What the client asked for, judged against its registration (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1). */
export interface AuthorizationRequest extends ReturnAddress {
  readonly scope: readonly string[];
  readonly nonce?: string;
  /** S256 only. */
  readonly code_challenge?: string;
  readonly prompt: readonly Prompt[];
  readonly max_age?: number;
  readonly login_hint?: string;
  /** A connection of the workspace, chosen by the client or on the chooser. */
  readonly idp_hint?: string;
  readonly acr_values: readonly string[];
  /** The first of `ui_locales` that pages are written in. */
  readonly locale?: Locale;
  /** The person asked this browser to remember how they sign in. */
  readonly remember?: true;
  /** One of these, or the sign-in has failed (OpenID Connect Core §5.5.1.1). */
  readonly essential_acr?: readonly string[];
  /** Whom `id_token_hint` or `claims` names: nobody else may be the answer. */
  readonly hinted_subject?: string;
  readonly resource: readonly string[];
  readonly claims?: RequestedClaims;
  readonly requested_at: Seconds;
}

/** What a connector is asked to do with a person. */
export interface LoginRequest {
  /** `state`, RelayState: names the pending sign-in; 22 characters. */
  readonly handle: string;
  /** The person must prove anew who they are. */
  readonly force: boolean;
  readonly max_age?: number;
  readonly login_hint?: string;
  readonly select_account: boolean;
  readonly acr_values: readonly string[];
}

/** Where the browser goes, and what the connector must have back to judge the answer. */
export interface Departure {
  readonly to: URL;
  /** Posted there by a form of ours; without it the browser is redirected. */
  readonly form?: Readonly<Record<string, string>>;
  readonly memory: JsonObject;
  /** By POST the answer comes from another site, and with it only cookies that are `SameSite=None`. */
  readonly answered_by?: "post";
}

/** An answer of a provider: GET and POST look the same here. */
export interface Callback {
  readonly params: URLSearchParams;
  readonly handle: string;
  readonly memory: JsonObject;
}

/** What a connector is asked to sign out. */
export interface LogoutStart {
  /** Registered at the provider for this. */
  readonly return_to: URL;
  /** {@link UpstreamIdentity.session} of the sign-in that ends. */
  readonly session?: JsonObject;
}

/** Where the browser goes to sign out, and what the connector must have back where it judges the answer. */
export type LogoutDeparture = Omit<Departure, "memory"> & Partial<Pick<Departure, "memory">>;

export interface LogoutAnswer {
  readonly params: URLSearchParams;
  /** As the browser sent it, where the answer came by redirect: a signature may be about these very characters. */
  readonly query?: string;
  readonly memory: JsonObject;
}

/** What a provider proved. Identity is (connection, issuer, subject); nothing else is. */
export interface UpstreamIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly auth_time?: Seconds;
  readonly amr?: readonly string[];
  readonly acr?: string;
  /** What must never be accepted a second time, and until when it could be (seconds since 1970). */
  readonly once?: { readonly value: string; readonly expires: Seconds };
  /** What the provider has to be told to end its session. */
  readonly session?: JsonObject;
  readonly sources: Partial<Record<Source, JsonObject>>;
}

/** An answer that nobody here asked for: whom it proves, and the client that the operator lets the provider begin with. */
export interface Unsolicited {
  readonly identity: UpstreamIdentity;
  readonly client_id: string;
}

export interface Attribute {
  readonly value: Json;
  readonly lineage: readonly Origin[];
}

/** Source and path → value. */
export type Attributes = ReadonlyMap<string, Measured>;

/** An attribute with its bytes, so that it is measured once however many mappings carry it. */
export interface Measured extends Attribute {
  readonly size: number;
}

/** Name in the workspace's schema → value and where it came from. */
export type AuthenticationContext = Readonly<Record<string, Attribute>>;

/** A person as a provider left them, ready to be stored with the session. */
export interface Authentication {
  readonly connection: string;
  readonly method: string;
  readonly idp_sub: string;
  readonly auth_time?: Seconds;
  readonly amr?: readonly string[];
  readonly acr?: string;
  readonly context: AuthenticationContext;
  /** {@link UpstreamIdentity.session}, where the person shall be signed out there, too. Kept with the session alone. */
  readonly at_provider?: JsonObject;
  /** How the context came about; kept with the sign-in and not with the session. */
  readonly ran?: Ran;
}

/** Who sits at a browser, in the words of their own page. */
export interface Visitor {
  readonly name?: string;
  /** As the browser calls itself, and where its request came from. */
  readonly user_agent: string;
  readonly address: string;
}

/** What a session cookie says: which person's object knows this browser, and through which connection. */
export interface BrowserSession {
  readonly subject: string;
  readonly id: string;
  /** Said by the browser; the person's object compares it with what it knows. */
  readonly connection: string;
}

/** Claims by the scope that releases them, cut short for the page that asks; `""` for those that every app gets. */
export type SharedClaims = Readonly<
  Record<string, readonly (readonly [claim: string, value: string | boolean])[]>
>;

/** What a post-authentication application is told of. */
export interface AppSession {
  readonly authentication: Authentication;
  readonly request: AuthorizationRequest;
  /** What of the connection made it (`steps/made-by.ts`), which may be another one when the person is back. */
  readonly made_by?: string;
}

/** An identity that a signed-in person proved to be theirs, too. */
export interface ProvenIdentity {
  /** What it is on its own. */
  readonly subject: string;
  readonly connection: string;
  readonly issuer: string;
  readonly email_hash?: string;
  readonly login_hash?: string;
  readonly name?: string;
}

/** Where a sign-in is while the browser is away. Sealed in a cookie: nothing durable before authentication. */
export type Waiting =
  | {
      readonly at: "upstream";
      readonly request: AuthorizationRequest;
      readonly connection: string;
      readonly memory: JsonObject;
      readonly left_at: Seconds;
      readonly forced: boolean;
      /** Of the browser as it left, where the answer comes by a form of another site and without the session's cookie. */
      readonly session?: BrowserSession;
    }
  | {
      /** At the provider as well, but nobody is signed in by the answer: a person proves an identity that they want to link. */
      readonly at: "proving";
      readonly request: AuthorizationRequest;
      readonly connection: string;
      readonly memory: JsonObject;
      readonly left_at: Seconds;
      readonly forced: true;
      /** Whose it is to become, and in which session they began. */
      readonly session: BrowserSession;
    }
  | {
      /** At the page that asks whether to link what was proven. */
      readonly at: "linking";
      readonly request: AuthorizationRequest;
      readonly session: BrowserSession;
      readonly identity: ProvenIdentity;
      readonly proven_at: Seconds;
    }
  | {
      readonly at: "app";
      readonly request: AuthorizationRequest;
      readonly connection: string;
      readonly app: string;
      readonly subject: string;
      readonly issuer: string;
      /** Where the person came by a linked identity: what it is on its own, and by which link. */
      readonly linked?: { readonly identity: string; readonly link: string };
      /** The sign-in that waits in the person's object. */
      readonly login: string;
      readonly left_at: Seconds;
    }
  | {
      readonly at: "consent";
      readonly request: AuthorizationRequest;
      /** Whose consent page it is: nobody's any more once another session is this browser's. */
      readonly session: BrowserSession;
      /** Handle of the person's object and of the sign-in that waits there. */
      readonly login: string;
      readonly name?: string;
      /** Scopes still to be decided. */
      readonly asked: readonly string[];
      /** What they would share; absent where a cookie has no room for it. */
      readonly shared?: SharedClaims;
    };

/** What one person allowed one client in one sign-in, or what a client may do on its own. Tokens come from it. */
export interface Grant {
  readonly id: string;
  readonly client_id: string;
  /** Absent where no person is involved (client credentials). */
  readonly subject?: string;
  readonly session?: string;
  readonly scope: readonly string[];
  readonly resource: readonly string[];
  readonly nonce?: string;
  readonly claims?: RequestedClaims;
  readonly authentication?: Authentication;
  /** Claims that scripts add to its tokens; never the protocol's. */
  readonly minted?: { readonly access_token: JsonObject; readonly id_token: JsonObject };
  /** The refresh generation to hand out, where the grant is offline. */
  readonly refresh_generation?: number;
}
