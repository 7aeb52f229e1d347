/**
 * Limits by the platform's rate-limit binding. They blunt floods, a place at a time and roughly; nothing that must
 * hold rests on them, so without a binding, or when it fails, there is no limit.
 */
import { createMiddleware } from "hono/factory";
import { isPublic, type Client } from "../config/client.ts";
import { networkOf } from "./address.ts";
import type { App, AppContext } from "./context.ts";

/** What is limited: the binding in `wrangler.toml`, and the seconds of its period, which it does not tell. */
export const LIMITS = {
  /** Pages of a sign-in, by address. */
  people: { binding: "LIMIT_PEOPLE", period: 60 },
  /** The admin API, by address. */
  operators: { binding: "LIMIT_OPERATORS", period: 60 },
  /** Token, revocation and introspection endpoints, by client. */
  clients: { binding: "LIMIT_CLIENTS", period: 10 },
  /** Failed client authentication, by address. */
  strangers: { binding: "LIMIT_STRANGERS", period: 60 },
} as const;
export type Limit = keyof typeof LIMITS;

/** Too many requests (RFC 6585 §4): written by `on-error.ts`. */
export class TooMany extends Error {
  override readonly name = "TooMany";
  /** Seconds after which it is worth trying again. */
  readonly retry_after: number;
  constructor(retry_after: number) {
    super("too many requests, try again later");
    this.retry_after = retry_after;
  }
}

/** For URLs that anybody may open. Before anything is read: a flood must not cost reads. */
export const byAddress = (limit: Limit) =>
  createMiddleware<App>(async function byAddress(c, next) {
    await count(c, limit, addressOf(c));
    await next();
  });

/** After the client is proven: a stranger who knows a client's id must not use up its share. */
export async function countClient(c: AppContext, client: Client): Promise<void> {
  // A public client proves nothing, so strangers could; each address has a share of its own.
  const place = isPublic(client) ? ` ${addressOf(c)}` : "";
  await count(c, "clients", `${c.var.broker.workspace.id} ${client.client_id}${place}`);
}

/** Only those who failed are counted by address: many clients may share one. */
export async function countFailure(c: AppContext): Promise<void> {
  await count(c, "strangers", addressOf(c));
}

/** @throws TooMany */
async function count(c: AppContext, limit: Limit, key: string): Promise<void> {
  const { binding, period } = LIMITS[limit];
  const outcome = await c.env[binding]?.limit({ key }).catch(() => undefined);
  if (outcome?.success === false) throw new TooMany(period);
}

const addressOf = (c: AppContext): string => networkOf(c.req.header("cf-connecting-ip"));
