/** Who calls the admin API, and what they may do. */
import { allows, API_SCOPES, type ApiArea, type ApiScope, covers } from "../config/api-scopes.ts";
import type { AppContext } from "../http/context.ts";
import type { Operator } from "../config/operator.ts";
import { SYSTEM } from "../store/published.ts";
import { Problem } from "./problem.ts";

export interface Caller {
  /** For the audit: `bootstrap key`, `client ci`, `person 0a1b…`, `access ada@example.com`. */
  readonly by: string;
  /** One of each rule, apart: whoever reads everywhere by one and writes somewhere by another does not write everywhere. */
  readonly rights: readonly Right[];
}

export interface Right {
  readonly scopes: readonly ApiScope[];
  /** Ids, or `*` for all. */
  readonly workspaces: readonly string[];
}

/** @throws Problem 403 without the scope; 404 for a workspace that this operator may not know of */
export function authorize(c: AppContext, area: ApiArea, verb: "read" | "write", workspace?: string): void {
  const { operator } = c.var;
  if (workspace !== undefined && !mayKnow(operator, workspace))
    throw new Problem(404, "there is nothing here");
  const scopes = scopesIn(operator, workspace);
  if (!allows(scopes, area, verb)) throw new Problem(403, `this needs the scope ${area}:${verb}`);
  // Whoever may give a client of `system` a new secret, or a connection other mappings, is every operator.
  if (workspace === SYSTEM && verb === "write" && !allows(scopes, "operators", "write"))
    throw new Problem(403, "a change of the workspace system needs the scope operators:write");
}

export function mayKnow({ rights }: Caller, workspace: string): boolean {
  return rights.some((right) => reaches(right, workspace));
}

/** What this operator may do there. @param workspace undefined for what they may do anywhere */
export function scopesIn({ rights }: Pick<Caller, "rights">, workspace: string | undefined): ApiScope[] {
  const given = rights.filter((right) => workspace === undefined || reaches(right, workspace));
  return API_SCOPES.filter((scope) => given.some(({ scopes }) => scopes.includes(scope)));
}

/** Of rules, within the scopes that the token was issued for. @returns undefined for whom no rule names */
export function callerBy(
  by: string,
  operators: readonly Operator[],
  within: readonly string[],
): Caller | undefined {
  if (operators.length === 0) return undefined;
  // What both allow: a token for reading, of a rule for writing, reads.
  const both = (given: readonly string[]) =>
    API_SCOPES.filter((scope) => covers(given, scope) && covers(within, scope));
  const rights = operators.map(({ scopes, workspaces }) => ({ scopes: both(scopes), workspaces }));
  return { by, rights };
}

function reaches({ workspaces }: Right, workspace: string): boolean {
  return workspaces.includes("*") || workspaces.includes(workspace);
}
