/**
 * Durable Object `Subject`, one a person and workspace: decides everything that may happen only once for them.
 * Decisions are synchronous, return a union rather than throw, and take before they judge.
 */
import { DurableObject } from "cloudflare:workers";
import { consentStands, undecided, type Asking } from "../oauth/consent.ts";
import { judgeCode, type CodeMismatch, type Presented } from "../oauth/code.ts";
import { randomId } from "../crypto/handle.ts";
import type { Sealed } from "../crypto/seal.ts";
import type { Authentication, Seconds } from "../flow.ts";
import { deliver } from "./deliver.ts";
import { clock, NEVER, Rows } from "./rows.ts";
import type { GrantRequest, GrantRow, PersonRow, SubjectRows } from "./subject-rows.ts";

/** Whom and what an event is about; sent along with every decision. */
export interface About {
  readonly workspace: string;
  readonly subject: string;
  readonly request_id: string;
}

export interface SignIn {
  readonly about: About;
  /** The browser's session of this person, or a new one. */
  readonly session: string;
  readonly connection: string;
  readonly authentication: Sealed<Authentication>;
  readonly auth_time?: Seconds;
  readonly session_for: Seconds;
  readonly person: Pick<PersonRow, "connection" | "issuer" | "email_hash" | "login_hash">;
  readonly request: GrantRequest;
  readonly asking: Asking;
}

export interface Resumption {
  readonly about: About;
  readonly session: string;
  readonly connection: string;
  /** Seconds since the sign-in that the cached context may be used. */
  readonly cached_for: Seconds;
  readonly max_age?: number;
  /** Sessions from before this time are void. */
  readonly not_before: Seconds;
  readonly request: GrantRequest;
  readonly asking: Asking;
  /** `prompt=none`: nothing may be asked. */
  readonly silent: boolean;
}

/** What a request for a grant came to. */
export type Decision =
  | { readonly as: "granted"; readonly grant: string }
  | {
      readonly as: "asking";
      readonly login: string;
      readonly asked: readonly string[];
      readonly granted: readonly string[];
    };

export type Refreshed =
  | { readonly as: "refreshed"; readonly grant: GrantRow; readonly generation: number }
  | { readonly as: "refused"; readonly reason: RefreshRefusal };
type RefreshRefusal = "gone" | "client" | "ended" | "scope" | "target" | "consent" | "reused";

/** What a refresh asks for; empty for all that was granted. */
export interface Wanted {
  readonly scope: readonly string[];
  readonly resource: readonly string[];
}

/** Seconds. RFC 6749 §4.1.2 allows ten minutes; a redirect takes one second. */
const CODE_LIFETIME = 60;
/** Seconds that a consent page waits. */
const LOGIN_LIFETIME = 3_600;
/** Seconds in which a refresh that got no answer may be sent again. */
const RETRY_WINDOW = 10;
/** Seconds between two updates of "last seen". */
const SEEN_EVERY = 86_400;
/** Seconds until the outbox is delivered. */
const OUTBOX_DELAY = 30;

export class Subject extends DurableObject<Cloudflare.Env> {
  readonly #rows: Rows<SubjectRows>;
  #sequence = 0;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#rows = new Rows(ctx);
  }

  /** The person is back from the provider: opens or renews the session and decides about the grant. */
  signIn(arrival: SignIn): Decision {
    const { about, session, connection, authentication, auth_time, request } = arrival;
    const now = clock();
    const row = {
      connection,
      authentication,
      ...(auth_time !== undefined && { auth_time }),
      signed_in_at: now,
    };
    this.#rows.put("session", session, row, now + arrival.session_for);
    this.#event(about, { type: "sign_in", connection, session, client_id: request.client_id });
    this.#meet(about, arrival.person, request.client_id);
    return this.#decide(about, session, connection, authentication, request, arrival.asking);
  }

  /** A further request of a browser that is signed in. `login` says that the provider has to be asked. */
  resume(wanted: Resumption): Decision | { readonly as: "login" } | { readonly as: "consent_required" } {
    const { about, session, connection, request, asking } = wanted;
    const row = this.#rows.get("session", session);
    const now = clock();
    const usable =
      row !== undefined &&
      row.connection === connection &&
      row.signed_in_at + wanted.cached_for > now &&
      row.signed_in_at >= wanted.not_before &&
      (wanted.max_age === undefined || (row.auth_time ?? 0) + wanted.max_age >= now);
    if (!usable) return { as: "login" };
    if (wanted.silent && this.#undecided(request, asking).length > 0) return { as: "consent_required" };
    this.#event(about, { type: "session_resumed", connection, session, client_id: request.client_id });
    return this.#decide(about, session, connection, row.authentication, request, asking);
  }

  /** The person's answer on the consent page. Taken once, whatever the answer is. */
  consent(
    about: About,
    login: string,
    session: string,
    chosen: readonly string[] | null,
  ):
    | { readonly as: "granted"; readonly grant: string }
    | { readonly as: "denied" }
    | { readonly as: "gone" } {
    const waiting = this.#rows.get("login", login);
    const row = waiting && this.#rows.get("session", waiting.session);
    if (!waiting || !row || waiting.session !== session) return { as: "gone" };
    this.#rows.delete("login", login);
    const { request, asked } = waiting;
    const { client_id } = request;
    if (chosen === null) {
      this.#event(about, { type: "consent_denied", client_id });
      return { as: "denied" };
    }
    const refused = asked.filter((scope) => scope !== "openid" && !chosen.includes(scope));
    const scope = request.scope.filter((name) => !refused.includes(name));
    const now = clock();
    const before = this.#rows.get("consent", client_id)?.scopes ?? {};
    const given = Object.fromEntries(
      asked.filter((name) => !refused.includes(name)).map((name) => [name, now]),
    );
    const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !refused.includes(name)));
    this.#rows.put(
      "consent",
      client_id,
      { scopes: { ...kept, ...given }, connection: row.connection },
      NEVER,
    );
    this.#event(about, { type: "consent_given", client_id, scope: Object.keys(given) });
    const grant = this.#grant(about, session, row.connection, row.authentication, { ...request, scope });
    return { as: "granted", grant };
  }

  /** Spends a code. It is taken before it is judged, so only one of many can win and a wrong guess costs it. */
  redeem(
    about: About,
    id: string,
    presented: Presented,
  ):
    | { readonly as: "redeemed"; readonly grant: GrantRow }
    | { readonly as: "refused"; readonly reason: CodeMismatch | "spent" | "gone" } {
    const grant = this.#rows.get("grant", id);
    if (!grant) return { as: "refused", reason: "gone" };
    const { client_id } = grant;
    if (grant.code === "spent") {
      this.#end(id);
      this.#event(about, { type: "code_reused", grant: id, client_id });
      return { as: "refused", reason: "spent" };
    }
    const mismatch = judgeCode(grant, presented);
    if (mismatch) {
      this.#end(id);
      this.#event(about, { type: "code_refused", grant: id, client_id, reason: mismatch });
      return { as: "refused", reason: mismatch };
    }
    const now = clock();
    const spent: GrantRow = { ...grant, code: "spent", generation: grant.offline_for > 0 ? 1 : 0 };
    this.#rows.put("grant", id, spent, now + Math.max(grant.offline_for, 0) + grant.tokens_for);
    this.#event(about, { type: "code_redeemed", grant: id, client_id });
    return { as: "redeemed", grant: spent };
  }

  /** RFC 9700 §4.14.2: rotation. Generation n gives n+1; n again at once gives the same n+1; any other ends the grant. */
  refresh(
    about: About,
    id: string,
    generation: number,
    client_id: string,
    asking: Asking,
    wanted: Wanted,
  ): Refreshed {
    const grant = this.#rows.get("grant", id);
    if (!grant || grant.code !== "spent" || grant.generation === 0) return { as: "refused", reason: "gone" };
    if (grant.client_id !== client_id) return { as: "refused", reason: "client" };
    const now = clock();
    if (grant.created_at + grant.offline_for <= now) return { as: "refused", reason: "ended" };
    // Asked too much: the token is not used up by a mistake that gained nothing.
    if (!wanted.scope.every((name) => grant.scope.includes(name))) return { as: "refused", reason: "scope" };
    if (!wanted.resource.every((name) => grant.resource.includes(name)))
      return { as: "refused", reason: "target" };
    const repeated = generation === grant.generation - 1 && now - grant.rotated_at <= RETRY_WINDOW;
    if (generation !== grant.generation && !repeated) {
      this.#end(id);
      this.#event(about, { type: "refresh_reused", grant: id, client_id, generation });
      return { as: "refused", reason: "reused" };
    }
    const granted = Object.keys(this.#rows.get("consent", client_id)?.scopes ?? {});
    if (!consentStands(grant.scope, granted, asking)) return { as: "refused", reason: "consent" };
    if (repeated) return { as: "refreshed", grant, generation: grant.generation };
    const next: GrantRow = { ...grant, generation: generation + 1, rotated_at: now };
    this.#rows.put("grant", id, next, grant.created_at + grant.offline_for + grant.tokens_for);
    this.#event(about, { type: "refreshed", grant: id, client_id, generation: generation + 1 });
    return { as: "refreshed", grant: next, generation: next.generation };
  }

  /** A grant whose tokens are still good; undefined when it ended or the token with this `jti` was revoked. */
  grant(id: string, jti?: string): GrantRow | undefined {
    const grant = this.#rows.get("grant", id);
    if (!grant || grant.code !== "spent") return undefined;
    return jti !== undefined && this.#rows.get("revoked", jti) ? undefined : grant;
  }

  /** RFC 7009: ends a grant with all its tokens, if it is this client's. */
  end(about: About, id: string, client_id: string): void {
    if (this.#rows.get("grant", id)?.client_id !== client_id) return;
    this.#end(id);
    this.#event(about, { type: "grant_ended", grant: id, client_id });
  }

  /** RFC 7009: ends one access token, if it is this client's. */
  revoke(about: About, id: string, client_id: string, jti: string, expires: Seconds): void {
    if (this.#rows.get("grant", id)?.client_id !== client_id) return;
    if (this.#rows.add("revoked", jti, true, expires))
      this.#event(about, { type: "token_revoked", grant: id, client_id });
  }

  /** Ends a session and the grants that were to last no longer than it. */
  signOut(about: About, session: string): boolean {
    const known = this.#rows.get("session", session) !== undefined;
    this.#rows.delete("session", session);
    for (const { id, value } of this.#rows.list("grant"))
      if (value.session === session && value.offline_for === 0) this.#end(id);
    if (known) this.#event(about, { type: "signed_out", session });
    return known;
  }

  override async alarm(): Promise<void> {
    const sent = await deliver(this.env, this.#rows.list("outbox", 500));
    for (const id of sent) this.#rows.delete("outbox", id);
    await this.#rows.tidy();
    if (this.#rows.list("outbox", 1).length > 0) this.#rows.wake(clock() + OUTBOX_DELAY);
  }

  #decide(
    about: About,
    session: string,
    connection: string,
    authentication: Sealed<Authentication>,
    request: GrantRequest,
    asking: Asking,
  ): Decision {
    const asked = this.#undecided(request, asking);
    if (asked.length === 0)
      return { as: "granted", grant: this.#grant(about, session, connection, authentication, request) };
    const login = randomId();
    this.#rows.put("login", login, { session, request, asked }, clock() + LOGIN_LIFETIME);
    this.#event(about, { type: "consent_asked", client_id: request.client_id, scope: asked });
    return { as: "asking", login, asked, granted: request.scope.filter((scope) => !asked.includes(scope)) };
  }

  #undecided({ client_id, scope }: GrantRequest, asking: Asking): string[] {
    return undecided(scope, Object.keys(this.#rows.get("consent", client_id)?.scopes ?? {}), asking);
  }

  #grant(
    about: About,
    session: string,
    connection: string,
    authentication: Sealed<Authentication>,
    request: GrantRequest,
  ): string {
    const id = randomId();
    const now = clock();
    // A person who took `offline_access` out gets no refresh token.
    const offline_for = request.scope.includes("offline_access") ? request.offline_for : 0;
    const row: GrantRow = {
      ...request,
      offline_for,
      connection,
      session,
      authentication,
      created_at: now,
      code: "fresh",
      generation: 0,
      rotated_at: 0,
    };
    this.#rows.put("grant", id, row, now + CODE_LIFETIME);
    this.#event(about, {
      type: "code_issued",
      grant: id,
      client_id: request.client_id,
      scope: request.scope,
    });
    return id;
  }

  #end(id: string): void {
    this.#rows.delete("grant", id);
  }

  #meet(about: About, seen: SignIn["person"], client_id: string): void {
    const known = this.#rows.get("person", "self");
    const now = clock();
    const clients = known?.clients.includes(client_id)
      ? known.clients
      : [...(known?.clients ?? []), client_id];
    const news =
      !known ||
      known.last_seen + SEEN_EVERY <= now ||
      clients !== known.clients ||
      known.email_hash !== seen.email_hash ||
      known.login_hash !== seen.login_hash;
    if (!news) return;
    const person: PersonRow = { ...seen, first_seen: known?.first_seen ?? now, last_seen: now, clients };
    this.#rows.put("person", "self", person, NEVER);
    this.#send({ to: "directory", workspace: about.workspace, subject: about.subject, person });
  }

  #event(about: About, event: EventBody): void {
    this.#send({ to: "audit", event: { at: clock(), ...about, ...event } });
  }

  /** In the same transaction as the decision: an event is never lost, and costs no call. */
  #send(row: SubjectRows["outbox"]): void {
    const id = `${clock()}-${String(this.#sequence++).padStart(6, "0")}-${randomId()}`;
    this.#rows.put("outbox", id, row, NEVER);
    this.#rows.wake(clock() + OUTBOX_DELAY);
  }
}

type PersonEventOf = Extract<SubjectRows["outbox"], { to: "audit" }>["event"];
type EventBody = PersonEventOf extends infer E
  ? E extends PersonEventOf
    ? Omit<E, "at" | keyof About>
    : never
  : never;
