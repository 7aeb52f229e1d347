/** How long a session lasts by today's settings. */
import type { WorkspaceDocument } from "../store/published.ts";
import type { SessionLimits } from "../store/subject/session.ts";

export function sessionLimits({ settings }: Pick<WorkspaceDocument, "settings">): SessionLimits {
  return { session_for: settings.session_lifetime, idle_for: settings.session_idle_lifetime };
}
