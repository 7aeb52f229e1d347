/** What middleware puts beside a request. */
import type { Context } from "hono";
import type { Caller } from "../admin/operator.ts";
import type { OtherEvent } from "../audit/event.ts";
import type { Broker } from "../broker.ts";
import type { Locale } from "../config/locale.ts";
import type { Deployment } from "./deployment.ts";

export interface App {
  readonly Bindings: Cloudflare.Env;
  readonly Variables: {
    request_id: string;
    /** That the request was sent to, which may be nobody's. */
    host: string;
    deployment: Deployment;
    broker: Broker;
    /** How errors of this URL are answered: programs get JSON, operators' programs problem details, people a page. */
    answers: "page" | "json" | "problem";
    /** What was refused on the way to an answer that is not an error itself, and what should not have happened. */
    refusal?: OtherEvent;
    fault?: unknown;
    /** The language that the client asked for in a sign-in that this request continues. */
    locale?: Locale;
    /** The language of the page that is the answer. */
    written_in?: Locale;
    /** Who calls the admin API. */
    operator: Caller;
    /** Whether the bootstrap key was refused in this request, where it was used and told. */
    bootstrap_refused?: boolean;
    /** Set at URLs that a bearer token opens. */
    bearer?: true;
    /** The app itself, for requests to our own origin. */
    self: (request: Request) => Promise<Response>;
  };
}

export type AppContext = Context<App>;
