/** Who calls the admin API, and what they may do. */
import { allows, API_SCOPES, type ApiArea, covers } from "../config/api-scopes.ts";
import type { AppContext } from "../http/context.ts";
import type { Operator } from "../config/operator.ts";
import { SYSTEM } from "../store/published.ts";
import { Problem } from "./problem.ts";

export interface Caller {
  /** For the audit: `bootstrap key`, `client ci`, `person 0a1b…`, `access ada@example.com`. */
  readonly by: string;
  readonly scopes: readonly string[];
  /** Ids, or `*` for all. */
  readonly workspaces: readonly string[];
}

/** @throws Problem 403 without the scope; 404 for a workspace that this operator may not know of */
export function authorize(c: AppContext, area: ApiArea, verb: "read" | "write", workspace?: string): void {
  const { operator } = c.var;
  if (workspace !== undefined && !mayKnow(operator, workspace))
    throw new Problem(404, "there is nothing here");
  if (!allows(operator.scopes, area, verb)) throw new Problem(403, `this needs the scope ${area}:${verb}`);
  // Whoever may give a client of `system` a new secret, or a connection other mappings, is every operator.
  if (workspace === SYSTEM && verb === "write" && !allows(operator.scopes, "operators", "write"))
    throw new Problem(403, "a change of the workspace system needs the scope operators:write");
}

export function mayKnow({ workspaces }: Caller, workspace: string): boolean {
  return workspaces.includes("*") || workspaces.includes(workspace);
}

/** What several rules give together, within the scopes that the token was issued for. */
export function combined(
  by: string,
  operators: readonly Operator[],
  within: readonly string[],
): Caller | undefined {
  if (operators.length === 0) return undefined;
  const given = operators.flatMap((operator) => operator.scopes);
  return {
    by,
    // What both allow: a token for reading, of a rule for writing, reads.
    scopes: API_SCOPES.filter((scope) => covers(given, scope) && covers(within, scope)),
    workspaces: [...new Set(operators.flatMap((operator) => operator.workspaces))],
  };
}
