/** What middleware puts beside a request. */
import type { Context } from "hono";
import type { Broker } from "../broker.ts";
import type { Deployment } from "./deployment.ts";

export interface App {
  readonly Bindings: Cloudflare.Env;
  readonly Variables: {
    request_id: string;
    deployment: Deployment;
    broker: Broker;
    /** How errors of this URL are answered: programs get JSON, people a page. */
    answers: "page" | "json";
    /** Set at URLs that a bearer token opens. */
    bearer?: true;
    /** The app itself, for requests to our own origin. */
    self: (request: Request) => Promise<Response>;
  };
}

export type AppContext = Context<App>;
