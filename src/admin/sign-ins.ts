/** Data lineage as it ran, for operators: the sign-ins of a person that are still known, and how each one went. */
import type { AppContext } from "../http/context.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import { openLineage, openValues } from "../steps/lineage.ts";
import { explain } from "../tokens/explain.ts";
import { workspaceOf } from "./exchange.ts";
import { Problem } from "./problem.ts";
import { objectOf } from "./subjects.ts";

/** The latest first; a week, and ten a person. */
export async function listSignIns(c: AppContext): Promise<Response> {
  const { object } = await objectOf(c);
  return c.json({ items: await object.signIns() });
}

/** What was read, mapped and changed; and for each client that redeemed a code, what it got and why not the rest. */
export async function showSignIn(c: AppContext): Promise<Response> {
  const { object, subject } = await objectOf(c);
  const configuration = readConfiguration(c.env, clock);
  const id = workspaceOf(c);
  const stored = await object.lineage(c.req.param("session") ?? "");
  const workspace = await configuration.workspace(id);
  if (!stored || !workspace) throw new Problem(404, "there is no such sign-in");
  const broker = { keyring: c.var.deployment.keyring, workspace };
  const lineage = await openLineage(broker, subject, stored.row.lineage);
  if (!lineage) throw new Problem(404, "the key that sealed this sign-in is gone");
  const { claims: _, ...steps } = lineage;
  const values = stored.values && (await openValues(broker, subject, stored.values));
  const clients = stored.releases.map(async (release) => {
    const client = await configuration.client(id, release.client_id);
    const { client_id, scope, at } = release;
    return { client_id, scope, at, ...explain(lineage, release, client) };
  });
  return c.json({ ...steps, clients: await Promise.all(clients), ...(values && { values }) });
}
