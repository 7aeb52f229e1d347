/** What a kind of identity provider is to the broker. Adding one is a new file and a line in `index.ts`. */
import type * as z from "zod";
import type { Attribute, Mapping } from "../config/attribute.ts";
import type { Finding } from "./check/finding.ts";
import type { Form } from "./form.ts";
import type {
  Callback,
  Departure,
  JsonObject,
  LoginRequest,
  LogoutAnswer,
  LogoutDeparture,
  LogoutStart,
  Seconds,
  Unsolicited,
  UpstreamIdentity,
} from "../flow.ts";

/** All that a connector may touch: no Env, no store. */
export interface Tools {
  readonly connection: string;
  readonly callback: URL;
  readonly fetch: typeof fetch;
  readonly now: () => Seconds;
  /** What was read of the provider in advance, for when it does not answer; undefined where nothing was. */
  readonly readBefore: () => Promise<ReadBefore | undefined>;
}

/** A copy of what a provider says of itself. What is in it is the kind's own. */
export interface ReadBefore {
  /** Seconds since 1970: when it was read. */
  readonly at: Seconds;
  readonly copy: JsonObject;
}

export interface Connector {
  start(request: LoginRequest): Promise<Departure>;
  /** What we publish about ourselves for the provider, as XML. */
  metadata?(): Promise<string>;
  /** @throws UpstreamError for everything that is not a proven identity */
  finish(callback: Callback): Promise<UpstreamIdentity>;
  /**
   * An answer that nobody here asked for; undefined where the operator does not let the provider begin.
   * @throws UpstreamError for everything that is not a proven identity
   */
  unsolicited?(params: URLSearchParams): Promise<Unsolicited | undefined>;
  /** Where a browser signs out at the provider, too; undefined where the provider has no such place. */
  logout?(start: LogoutStart): Promise<LogoutDeparture | undefined>;
  /**
   * Judges what the provider answered to that, where it does so at an address of its own.
   * @throws UpstreamError where it did not prove that it signed the person out
   */
  loggedOut?(answer: LogoutAnswer): Promise<void>;
  /** What is wrong, before the first person tries it. Calls out, a bounded number of times; never throws for that. */
  check?(): Promise<Finding[]>;
}

/** Until when what is known of a provider holds. Times are seconds since 1970. */
export interface Outlook {
  /** When the last of its certificates ends. */
  readonly certificates_expire_at?: Seconds;
  /** When its metadata end. */
  readonly valid_until?: Seconds;
  /** What was read from an address: worth reading again, and worth keeping. */
  readonly copy?: JsonObject;
  /** Seconds after which its provider wants it to be read again. */
  readonly cache_duration?: Seconds;
}

export interface ConnectorKind<S extends z.ZodType, C extends z.ZodType, M extends string = string> {
  readonly method: M;
  /** For operators. */
  readonly name: string;
  readonly settings: S;
  /** Secrets: sealed in storage, never shown again. */
  readonly credentials: C;
  readonly attributes: readonly Attribute[];
  readonly mappings: readonly Mapping[];
  readonly form: Form<S, C>;
  /** Path under the issuer that the provider sends people back to; `/callback/{connection}` where it is not said. */
  callback?(connection: string): string;
  /** Settings that say who is given the credentials. Left out where these never leave us. */
  readonly recipient?: readonly string[];
  /** The credential that these settings cannot do without and that is not there. */
  missing?(settings: z.infer<S>, credentials: z.infer<C>): string | undefined;
  /** The setting by which a provider may begin a sign-in, where it is on. */
  begunElsewhere?(settings: z.infer<S>): string | undefined;
  /** Of kinds whose providers have certificates. @throws UpstreamError where their metadata cannot be read */
  outlook?(settings: z.infer<S>, tools: Pick<Tools, "fetch" | "now">): Promise<Outlook>;
  open(settings: z.infer<S>, credentials: z.infer<C>, tools: Tools): Connector;
}
