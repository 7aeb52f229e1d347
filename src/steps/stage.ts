/** Where a sign-in can stand, and where the browser can go: what `proceed.ts` decides between. */
import type { Client } from "../config/client.ts";
import type { ConnectionSummary } from "../config/connection.ts";
import type { AuthorizationRequest, BrowserSession, Callback, Waiting } from "../flow.ts";
import type { AuthorizationResponse } from "../oauth/respond.ts";
import type { Choice } from "./choose.ts";
import type { Leaving } from "./login.ts";
import type { Remembered } from "./remembered.ts";

/** Where a sign-in stands when a request for it arrives. The client and its redirect URI are proven. */
export type Stage =
  | {
      readonly at: "request";
      readonly request: AuthorizationRequest;
      readonly client: Client;
      readonly session?: BrowserSession;
      readonly remembered?: Remembered;
    }
  | {
      /** A signed-in person goes to prove another identity. */
      readonly at: "prove";
      readonly request: AuthorizationRequest;
      readonly connection: string;
      readonly session: BrowserSession;
    }
  | {
      readonly at: "callback";
      readonly waiting: Extract<Waiting, { at: "upstream" | "proving" }>;
      readonly callback: Pick<Callback, "params" | "handle">;
      readonly client: Client;
      readonly session?: BrowserSession;
    }
  | {
      readonly at: "app";
      readonly waiting: Extract<Waiting, { at: "app" }>;
      /** `login_state`, which names the cookie too. */
      readonly state: string;
      readonly client: Client;
      readonly session?: BrowserSession;
    }
  | {
      readonly at: "consent";
      readonly waiting: Extract<Waiting, { at: "consent" }>;
      /** Scopes that the person left chosen; null when they said no. */
      readonly chosen: readonly string[] | null;
      readonly client: Client;
      readonly session?: BrowserSession;
    };

/** Where the browser goes now. */
export type Next =
  | ({ readonly go: "chooser" } & Choice)
  | {
      readonly go: "welcome back";
      readonly connection: ConnectionSummary;
      readonly name?: string;
    }
  | { readonly go: "nowhere" }
  | ({ readonly go: "provider" } & Leaving)
  | { readonly go: "linking"; readonly waiting: Extract<Waiting, { at: "linking" }> }
  | {
      readonly go: "app";
      readonly to: URL;
      readonly waiting: Extract<Waiting, { at: "app" }>;
      readonly state: string;
    }
  | {
      readonly go: "consent";
      readonly waiting: Extract<Waiting, { at: "consent" }>;
      readonly session: BrowserSession;
      readonly remember?: Remembered;
    }
  | { readonly go: "portal"; readonly session: BrowserSession; readonly remember?: Remembered }
  | {
      readonly go: "client";
      readonly response: AuthorizationResponse;
      readonly session?: BrowserSession;
      readonly remember?: Remembered;
    };
