/** The bootstrap key: opens a new deployment, and a locked one with `BOOTSTRAP=on` (break glass). */
import { API_SCOPES } from "../../config/api-scopes.ts";
import { hashSecret, secretMatches } from "../../crypto/secret.ts";
import type { AppContext } from "../../http/context.ts";
import { outermost } from "../../http/within.ts";
import { readConfiguration } from "../../store/configuration.ts";
import { SYSTEM } from "../../store/published.ts";
import { clock } from "../../store/rows.ts";
import { tell } from "../../http/tell.ts";
import type { Caller } from "../operator.ts";
import { Problem } from "../problem.ts";

/** Characters: 32 random bytes in base64url have 43. A shorter key could be guessed. */
const SHORTEST = 43;

/** Every request that uses it is one event of the workspace `system`, however many calls a page of the console makes. @throws Problem 401 when operators exist */
export async function bootstrapCaller(
  c: AppContext,
  bearer: string | undefined,
): Promise<Caller | undefined> {
  const key = c.env.BOOTSTRAP_KEY ?? "";
  if (bearer === undefined || key.length < SHORTEST || !(await secretMatches(bearer, await hashSecret(key))))
    return undefined;
  const open = c.env.BOOTSTRAP === "on" || !(await hasOperators(c));
  const asked = outermost(c);
  if (asked.var.bootstrap_refused !== !open) {
    const { method, path } = asked.req;
    const { request_id } = asked.var;
    const used = {
      type: "bootstrap_used",
      at: clock(),
      workspace: SYSTEM,
      request_id,
      method,
      path,
    } as const;
    tell(c, { ...used, refused: !open });
    asked.set("bootstrap_refused", !open);
  }
  if (!open)
    throw new Problem(401, "the bootstrap key is closed since there are operators; BOOTSTRAP=on opens it");
  return { by: "bootstrap key", rights: [{ scopes: API_SCOPES, workspaces: ["*"] }] };
}

async function hasOperators(c: AppContext): Promise<boolean> {
  const system = await readConfiguration(c.env, clock).workspace(SYSTEM);
  return system !== undefined && system.operators.some((operator) => !operator.disabled);
}
