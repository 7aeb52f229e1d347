/** The Worker Loader → what runs scripts. */
import type { AppContext } from "./context.ts";
import { openScripts, type Scripts } from "../scripts/open.ts";
import { guardedFetch } from "../store/outbound.ts";

/** @param isOurs what scripts may not call @returns undefined where the deployment has no Worker Loader */
export function scriptsOf(c: AppContext, isOurs: (origin: string) => boolean): Scripts | undefined {
  const { LOADER, WATCHED } = c.env;
  if (!LOADER) return undefined;
  const fetch = guardedFetch({
    ...c.var.deployment,
    isOurs,
    // A script that mints tokens and asks for one would run itself without end.
    self: async () => {
      throw new TypeError("a script cannot call its own broker");
    },
  });
  const { keyring } = c.var.deployment;
  if (WATCHED !== "on") return openScripts(LOADER, keyring, fetch);
  return openScripts(LOADER, keyring, fetch, (event, { workspace, id }) =>
    console.log(JSON.stringify({ type: `script_${event}`, workspace, script: id })),
  );
}
