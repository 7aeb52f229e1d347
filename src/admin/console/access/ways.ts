/** Which ways to sign in there are, for a page that everybody may open: it says nothing about who may. */
import { CONSOLE_CLIENT } from "../../../config/system.ts";
import type { AppContext } from "../../../http/context.ts";
import { readConfiguration } from "../../../store/configuration.ts";
import { SYSTEM } from "../../../store/published.ts";
import { clock } from "../../../store/rows.ts";

/** Whether people can sign in through `system`. */
export async function people(c: AppContext): Promise<boolean> {
  const configuration = readConfiguration(c.env, clock);
  if (!(await configuration.workspace(SYSTEM))) return false;
  const [client, { connections }] = await Promise.all([
    configuration.client(SYSTEM, CONSOLE_CLIENT),
    configuration.connections(SYSTEM),
  ]);
  return client !== undefined && !client.disabled && connections.some(({ disabled }) => !disabled);
}

/** Whether the bootstrap key opens anything: the API refuses it once there are operators. */
export async function isOpen(c: AppContext): Promise<boolean> {
  if (c.env.BOOTSTRAP === "on") return true;
  const system = await readConfiguration(c.env, clock).workspace(SYSTEM);
  return !system || system.operators.every(({ disabled }) => disabled);
}
