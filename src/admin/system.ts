/** The workspace `system`: issues the tokens for our own API. Made with the first workspace, or by name before it. */
import { adminApi, adminScopes, consoleClient } from "../config/system.ts";
import type { AppContext } from "../http/context.ts";
import { expectChange } from "../store/configuration.ts";
import { SYSTEM } from "../store/published.ts";
import type { Terms } from "../store/workspace/put.ts";
import { termsOf } from "./exchange.ts";

/** Safe to repeat: what is there stays as its operator left it. */
export async function makeSystem(c: AppContext): Promise<void> {
  const system = c.env.WORKSPACE.getByName(SYSTEM);
  const { by, request_id } = await termsOf(c);
  const terms: Terms = { by, request_id, expected: 0 };
  await system.create(SYSTEM);
  for (const { name, ...scope } of adminScopes())
    await system.put("scopes", name, JSON.stringify(scope), terms);
  const { id, ...api } = adminApi(`${c.var.deployment.admin}/api`);
  await system.put("apis", id, JSON.stringify(api), terms);
  const { client_id, ...client } = consoleClient(c.var.deployment.admin);
  await system.put("clients", client_id, JSON.stringify(client), terms);
  if ((await system.enter(SYSTEM, {}, terms)) === "created") expectChange(SYSTEM);
}
