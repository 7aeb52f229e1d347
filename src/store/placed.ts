/** Where the objects of a workspace are: in its jurisdiction, where it has one. Every object is reached through here. */
import type { Jurisdiction } from "../config/workspace.ts";

export type Objects = Pick<Cloudflare.Env, "WORKSPACE" | "SUBJECT" | "DIRECTORY" | "ONCE" | "AUDIT">;

/** @throws Error where the platform knows no jurisdictions (local workerd) */
export function placed(env: Objects, jurisdiction: string | undefined): Objects {
  if (jurisdiction === undefined) return env;
  // An object of the same name in another jurisdiction, or in none, is another object.
  const where = jurisdiction as Jurisdiction;
  return {
    WORKSPACE: env.WORKSPACE.jurisdiction(where),
    SUBJECT: env.SUBJECT.jurisdiction(where),
    DIRECTORY: env.DIRECTORY.jurisdiction(where),
    ONCE: env.ONCE.jurisdiction(where),
    AUDIT: env.AUDIT.jurisdiction(where),
  };
}
