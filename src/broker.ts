/** All that domain code may touch. One a request; nothing below `endpoints/` sees a Hono context or `Env`. */
import type { OtherEvent, ScriptExecuted } from "./audit/event.ts";
import type { SignInEvent } from "./audit/metrics.ts";
import type { Client } from "./config/client.ts";
import type { CustomApp } from "./config/custom-app.ts";
import type { Script } from "./config/script.ts";
import type { ReadBefore } from "./connectors/connector.ts";
import type { Connection } from "./connectors/index.ts";
import type { Keyring } from "./crypto/keyring.ts";
import type { JsonObject, Seconds } from "./flow.ts";
import type { Scripts } from "./scripts/open.ts";
import type { ConnectionList, WorkspaceDocument } from "./store/published.ts";
import type { Subject } from "./store/subject.ts";
import type { About } from "./store/subject/about.ts";

export interface Broker {
  /** The workspace that the request's path names, as configured now. */
  readonly workspace: WorkspaceDocument;
  /** `{origin}/{workspace}`, from configuration and never from a header. */
  readonly issuer: string;
  /** Joins everything that one request leaves behind. */
  readonly request_id: string;
  /** Of the request: for scripts, which see some of them. */
  readonly headers: Headers;
  readonly keyring: Keyring;
  /** What sent the request, as it says itself, and from where: for people to know their sessions by. */
  readonly browser: { readonly user_agent: string; readonly address: string };
  readonly now: () => Seconds;
  /** Towards others: https, public, without redirects, limited in size and time (design §5.7). */
  readonly fetch: typeof fetch;

  client(id: string): Promise<Client | undefined>;
  /** With its credentials opened. */
  connection(id: string): Promise<Connection | undefined>;
  connections(): Promise<ConnectionList["connections"]>;
  /** What the workspace's alarm last read of the connection's provider. */
  readBefore(connection: string): Promise<ReadBefore | undefined>;

  /** A post-authentication application; undefined also where the feature `custom_apps` is off. */
  app(id: string): Promise<CustomApp | undefined>;
  /** Runs scripts; absent where the deployment has no Worker Loader. */
  readonly scripts?: Scripts;
  script(id: string): Promise<Script | undefined>;
  /** Values of the workspace's secrets by name; one that is not there is left out. */
  secrets(names: readonly string[]): Promise<Readonly<Record<string, string>>>;

  /** The object that decides for a person. Only ever called with a subject that a MAC or a signature vouched for. */
  subject(subject: string): DurableObjectStub<Subject>;
  about(subject: string): About;
  /** @returns whether the value comes for the first time */
  once(value: string, expires: Seconds): Promise<boolean>;
  /** @returns whether {@link once} was called with it */
  seen(value: string): Promise<boolean>;

  /** For refusals of callers who proved nothing. Decisions about persons are recorded where they are made. */
  refused(event: RefusedEvent): void;
  /** Counts a sign-in that was decided in a person's object, where its event stays until it is delivered. */
  measured(event: SignInEvent): void;
  /** A script ran where no decision about a person takes its event along. */
  executed(event: ScriptExecuted): void;
  /** What a script was given and said, while its operator looks: sealed, and not in the way of the answer. */
  recorded(script: string, execution: JsonObject): void;
  /** For what should not happen: the stack goes to the log, where the request id finds it. */
  fault(error: unknown): void;
}

type Refused = Extract<OtherEvent, { type: "refused" }>;
export type RefusedEvent = Omit<Refused, "type" | "at" | "workspace" | "request_id">;
