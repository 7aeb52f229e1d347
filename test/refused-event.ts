/** An audit event that no request caused, for tests that give the log its rows themselves. */
import type { AuditEvent } from "../src/audit/event.ts";
import { now } from "./clock.ts";

export const refusedEvent = (workspace: string): AuditEvent => ({
  type: "refused",
  at: now(),
  workspace,
  where: "test",
  error: "none",
  reason: "a test",
});
