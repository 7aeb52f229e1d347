/**
 * Durable Object `Subject`, one a person and workspace: decides everything that may happen only once for them.
 * Each decision is a synchronous function of `subject/`, returns a union rather than throws, and takes before it judges.
 */
import { DurableObject } from "cloudflare:workers";
import type { ScriptExecuted } from "../audit/event.ts";
import type { LinkingRule } from "../config/linking-rule.ts";
import type { Sealed } from "../crypto/seal.ts";
import type { Authentication, JsonObject, Seconds } from "../flow.ts";
import type { Presented } from "../oauth/code.ts";
import { placed } from "./placed.ts";
import { clock, Rows } from "./rows.ts";
import {
  type AppAnswer,
  answerApp,
  appLogin,
  awaitApp,
  continueApp,
  type Continued,
} from "./subject/app-login.ts";
import { consent, type Consented } from "./subject/consent.ts";
import { type Exported, exportAll } from "./subject/export.ts";
import { deliver } from "./subject/deliver.ts";
import type { About } from "./subject/about.ts";
import { deliverLogouts, nextLogout } from "./subject/logouts.ts";
import { leftOut, signIns, type SignInRow, storedLineage, type StoredLineage } from "./subject/lineage.ts";
import { OUTBOX_DELAY } from "./subject/outbox.ts";
import { Person } from "./subject/person.ts";
import { redeem, type Redeemed } from "./subject/redeem.ts";
import { refresh, type Refreshed, type Wanted } from "./subject/refresh.ts";
import { resume, type Resumed, type Resumption } from "./subject/resume.ts";
import type { AppRow, GrantRow, LinkSays, SubjectRows } from "./subject/rows.ts";
import { overview, type Overview } from "./subject/overview.ts";
import { endSession, endSessions, type SessionLimits } from "./subject/session.ts";
import { unlink, release } from "./subject/unlink.ts";
import { adopt, giveWay, type Proven, settle, type Standing, standing } from "./subject/link.ts";
import { type Arriving, type Elsewhere, heldLink } from "./subject/whose.ts";
import { visit, visitors, type Visit } from "./subject/visit.ts";
import { endGrant, erase, forget, withdraw } from "./subject/withdraw.ts";
import { type Arrived, signIn, type SignIn } from "./subject/sign-in.ts";

export type SignedOut =
  | { readonly as: "gone" }
  | {
      readonly as: "ended";
      /** What ends it at the provider. */
      readonly at_provider?: Sealed<JsonObject>;
    };

export class Subject extends DurableObject<Cloudflare.Env> {
  readonly #person: Person;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#person = new Person(new Rows<SubjectRows>(ctx));
  }

  signIn(arrival: SignIn): Arrived | Elsewhere {
    return this.#decide((person) => signIn(person, arrival));
  }

  resume(wanted: Resumption): Resumed {
    return this.#decide((person) => resume(person, wanted));
  }

  consent(
    about: About,
    login: string,
    session: string,
    chosen: readonly string[] | null,
    not_before: Seconds,
  ): Consented {
    return this.#decide((person) => consent(person, about, login, session, chosen, not_before));
  }

  /** For the page that asks: who would be known to the app, sealed. */
  waiting(login: string, session: string): Sealed<Authentication> | undefined {
    const present = this.#person.rows.get("login", login)?.present;
    return present?.session === session ? present.authentication : undefined;
  }

  awaitApp(
    about: About,
    arriving: Arriving,
    login: string,
    row: Omit<AppRow, "answer" | "link">,
    executed: readonly ScriptExecuted[],
  ): { readonly as: "waiting" } | Elsewhere {
    return awaitApp(this.#person, about, arriving, login, row, executed);
  }

  appLogin(login: string, app: string, state: string): AppRow | undefined {
    return appLogin(this.#person, login, app, state);
  }

  answerApp(about: About, login: string, app: string, state: string, answer: AppAnswer): boolean {
    return answerApp(this.#person, about, login, app, state, answer);
  }

  continueApp(login: string): Continued {
    return continueApp(this.#person, login);
  }

  redeem(about: About, grant: string, presented: Presented): Redeemed {
    return this.#decide((person) => redeem(person, about, grant, presented));
  }

  refresh(about: About, grant: string, generation: number, wanted: Wanted): Refreshed {
    return refresh(this.#person, about, grant, generation, wanted);
  }

  /** A grant whose tokens are still good; undefined when it ended or the token with this `jti` was revoked. */
  grant(id: string, jti?: string): GrantRow | undefined {
    const { rows } = this.#person;
    const grant = rows.get("grant", id);
    if (!grant || grant.code !== "spent") return undefined;
    return jti !== undefined && rows.get("revoked", jti) ? undefined : grant;
  }

  /** RFC 7009: ends a grant with all its tokens, if it is this client's. */
  end(about: About, id: string, client_id: string): void {
    if (this.#person.rows.get("grant", id)?.client_id !== client_id) return;
    this.#person.rows.delete("grant", id);
    this.#person.record(about, { type: "grant_ended", grant: id, client_id });
  }

  /** RFC 7009: ends one access token, if it is this client's. */
  revoke(about: About, id: string, client_id: string, jti: string, expires: Seconds): void {
    if (this.#person.rows.get("grant", id)?.client_id !== client_id) return;
    if (this.#person.rows.add("revoked", jti, true, expires))
      this.#person.record(about, { type: "token_revoked", grant: id, client_id });
  }

  /** Ends a session and the grants that were to last no longer than it. */
  signOut(about: About, session: string): SignedOut {
    const at_provider = this.#person.rows.get("session", session)?.at_provider;
    if (!endSession(this.#person, about, session)) return { as: "gone" };
    return { as: "ended", ...(at_provider !== undefined && { at_provider }) };
  }

  /** The person's own page: the session of a browser, used once more. */
  visit(session: string, limits: SessionLimits): Visit | undefined {
    return visit(this.#person, session, limits);
  }

  visitors(): Visit["visitors"] {
    return visitors(this.#person);
  }

  signOutAll(about: About): void {
    this.#decide((person) => endSessions(person, about, person.rows.newest("session")));
  }

  export(about: About): Exported {
    return exportAll(this.#person, about);
  }

  /** Claims that a token of this sign-in had no room for. */
  leftOut(about: About, session: string, client_id: string, claims: readonly string[]): void {
    leftOut(this.#person, about, session, client_id, claims);
  }

  /** How a sign-in ran; sealed. */
  lineage(session: string): StoredLineage | undefined {
    return storedLineage(this.#person, session);
  }

  /** Sign-ins whose lineage is kept, the latest first. */
  signIns(): SignInRow[] {
    return signIns(this.#person);
  }

  overview(): Overview {
    return overview(this.#person);
  }

  withdraw(about: About, client_id: string): boolean {
    return withdraw(this.#person, about, client_id);
  }

  endGrant(about: About, id: string): boolean {
    return endGrant(this.#person, about, id);
  }

  forget(about: About): void {
    forget(this.#person, about);
  }

  /** @returns when that was */
  erase(about: About): Seconds {
    return this.#decide((person) => erase(person, about));
  }

  /** For who considers to link it. */
  standing(): Standing {
    return standing(this.#person);
  }

  /** Whether the link that an identity's pointer names still holds here. */
  holds(
    about: About,
    connection: string,
    by: NonNullable<Arriving["through"]>,
    rules: readonly LinkingRule[],
  ): boolean {
    return this.#decide((person) => heldLink(person, about, connection, by, rules) !== undefined);
  }

  adopt(proven: Proven, rules: readonly LinkingRule[]): ReturnType<typeof adopt> {
    return this.#decide((person) => adopt(person, proven, rules));
  }

  giveWay(
    about: About,
    to: { readonly subject: string; readonly link: string },
    asked: boolean,
  ): ReturnType<typeof giveWay> {
    return this.#decide((person) => giveWay(person, about, to, asked));
  }

  linkRefused(about: About, connection: string, reason: string): void {
    this.#person.record(about, { type: "linking_refused", connection, reason });
  }

  unlink(about: About, connection: string): boolean {
    return this.#decide((person) => unlink(person, about, connection));
  }

  /** From the other object of a link. */
  linkSays({ about, link, says }: LinkSays): void {
    this.#decide((person) => (says === "released" ? release(person, link) : settle(person, about, link)));
  }

  /** The workspace is gone: so is what was to be told of its people. */
  async destroy(): Promise<void> {
    this.#person.outbox.close();
    await this.#person.rows.destroy();
  }

  #decide<T>(decision: (person: Person) => T): T {
    return this.#person.outbox.during(() => decision(this.#person));
  }

  /** Delivers the outbox and removes what has expired. May run twice. */
  override async alarm(): Promise<void> {
    const { rows, outbox } = this.#person;
    outbox.close();
    const sent = await deliver(placed(this.env, this.ctx.id.jurisdiction), rows.list("outbox", 500));
    for (const id of sent) rows.delete("outbox", id);
    await deliverLogouts(this.env, this.#person);
    await rows.tidy();
    const next = nextLogout(this.#person);
    if (next !== undefined) rows.wake(next);
    if (rows.list("outbox", 1).length > 0) rows.wake(clock() + OUTBOX_DELAY);
  }
}
