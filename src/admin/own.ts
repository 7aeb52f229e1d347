/** Who calls, and what they may do: for programs and pages that offer only what will be allowed. */
import type { AppContext } from "../http/context.ts";
import { scopesIn } from "./operator.ts";

/** With `?workspace=` what they may do there, as rules that reach different workspaces give different rights: each is in `rights`. */
export async function showOperator(c: AppContext): Promise<Response> {
  const { operator } = c.var;
  const workspaces = new Set(operator.rights.flatMap((right) => right.workspaces));
  const scopes = scopesIn(operator, c.req.query("workspace"));
  return c.json({ by: operator.by, scopes, workspaces: [...workspaces], rights: operator.rights });
}
