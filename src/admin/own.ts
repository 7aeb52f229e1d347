/** Who calls, and what they may do: for programs and pages that offer only what will be allowed. */
import type { AppContext } from "../http/context.ts";

export async function showOperator(c: AppContext): Promise<Response> {
  const { by, scopes, workspaces } = c.var.operator;
  return c.json({ by, scopes, workspaces });
}
