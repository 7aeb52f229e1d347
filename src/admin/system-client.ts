/** Clients of the workspace `system` at APIs that are opened by a scope alone. */
import { makeBroker } from "../http/broker.ts";
import type { AppContext } from "../http/context.ts";
import { readConfiguration } from "../store/configuration.ts";
import { SYSTEM } from "../store/published.ts";
import { clock } from "../store/rows.ts";
import { liveBasis } from "../tokens/live.ts";
import { knownAccessToken } from "../tokens/known-access-token.ts";
import { bearerOf } from "./bearer.ts";
import { Problem } from "./problem.ts";

/** @returns its id @throws Problem 401 without a live token of a client on its own behalf, 403 without the scope */
export async function systemClient(c: AppContext, needed: string): Promise<string> {
  const configuration = readConfiguration(c.env, clock);
  const system = await configuration.workspace(SYSTEM);
  const bearer = bearerOf(c);
  if (!system || bearer === undefined) throw unauthorized();
  const broker = makeBroker(c, system, configuration);
  const claims = await knownAccessToken(broker, bearer);
  if (!claims || (await liveBasis(broker, claims))?.by !== "client") throw unauthorized();
  // RFC 8707 §2: a token that was asked for another API is not for this one.
  const ours = [broker.issuer, `${c.var.deployment.admin}/api`];
  if (![claims.aud].flat().some((audience) => ours.includes(audience))) throw unauthorized();
  if (!claims.scope?.split(" ").includes(needed)) throw new Problem(403, `this needs the scope ${needed}`);
  return claims.client_id;
}

function unauthorized(): Problem {
  return new Problem(401, "this needs an access token of the system workspace");
}
