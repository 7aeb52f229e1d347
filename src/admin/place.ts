/** Where a workspace is, as operators write and read it. */
import { issuerOf } from "../config/issuer.ts";
import type { AppContext } from "../http/context.ts";
import { readConfiguration } from "../store/configuration.ts";
import { placed } from "../store/placed.ts";
import { SYSTEM } from "../store/published.ts";
import { clock } from "../store/rows.ts";
import { Problem } from "./problem.ts";

/** The issuer of a workspace that was asked for before. */
export function issuer(c: AppContext, workspace: string): string {
  const { origin } = readConfiguration(c.env, clock).place(workspace);
  return issuerOf(c.var.deployment.origin, workspace, origin);
}

/**
 * Judges what settings say of the place. A domain is the deployment's to give: who reaches a few workspaces only could
 * take the name that another one is about to get.
 * @param wanted the origin as it would be; undefined for none
 * @throws Problem 403 or 422
 */
export function judgePlace(c: AppContext, workspace: string, wanted: unknown, jurisdiction: unknown): void {
  const { origin, admin, hosts } = c.var.deployment;
  if (workspace === SYSTEM && (wanted !== undefined || jurisdiction !== undefined))
    throw unplaceable(wanted === undefined ? "jurisdiction" : "origin", "system is where the deployment is");
  if (wanted === readConfiguration(c.env, clock).place(workspace).origin) return;
  const everywhere = c.var.operator.rights.filter(({ workspaces }) => workspaces.includes("*"));
  if (!everywhere.some(({ scopes }) => scopes.includes("workspaces:write")))
    throw new Problem(403, "a domain is given and taken by operators of all workspaces");
  if (typeof wanted !== "string" || !URL.canParse(wanted)) return;
  const { host } = new URL(wanted);
  if (hosts.has(host) || [origin, admin].some((own) => new URL(own).host === host))
    throw unplaceable("origin", "is the deployment's own");
}

/** @throws Problem 422 where the platform knows no jurisdictions */
export function objectsIn(c: AppContext, jurisdiction: string | undefined) {
  try {
    return placed(c.env, jurisdiction);
  } catch (error) {
    c.set("fault", error);
    throw unplaceable("jurisdiction", "is not to be had where this deployment runs");
  }
}

function unplaceable(path: string, message: string): Problem {
  return new Problem(422, "the workspace is not valid", { errors: [{ path, message }] });
}
