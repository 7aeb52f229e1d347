/** Grant → Grant with the claims that scripts of the workspace and of the client add to its tokens. */
import type { Broker } from "../broker.ts";
import type { Claim } from "../config/claim.ts";
import type { Client } from "../config/client.ts";
import { within } from "../config/measure.ts";
import { RESERVED_CLAIMS } from "../config/reserved-claims.ts";
import type { Grant, JsonObject } from "../flow.ts";
import { contextObject } from "../steps/context-object.ts";
import { runScript } from "../steps/run-script.ts";
import { scriptClient } from "../steps/script-request.ts";

/** The client's script comes last: it knows better. @throws OAuthError when a script failed and is not to be left out */
export async function mint(broker: Broker, client: Client, grant: Grant): Promise<Grant> {
  let minted = grant.minted;
  for (const [point, script] of [
    ["token_minting", broker.workspace.settings.token_minting_script],
    ["client_token_minting", client.client_token_minting_script],
  ] as const) {
    if (script === undefined) continue;
    const { output, event } = await runScript(broker, point, script, {
      client: scriptClient(client),
      ...(grant.authentication && { authn_ctx: contextObject(grant.authentication.context) }),
      grant: { scope: [...grant.scope], resource: [...grant.resource] },
      ...(grant.subject !== undefined && { subject: grant.subject }),
    });
    const { connection } = grant.authentication ?? {};
    broker.executed({ ...event, client_id: client.client_id, ...(connection && { connection }) });
    minted = {
      access_token: { ...minted?.access_token, ...free(output?.access_token) },
      id_token: { ...minted?.id_token, ...free(output?.id_token) },
    };
  }
  return minted ? { ...grant, minted } : grant;
}

/** Without what only the protocol says (design §5.5). */
function free(claims: Readonly<Record<string, unknown>> = {}): JsonObject {
  const allowed = Object.entries(claims).filter(([name]) => !RESERVED_CLAIMS.has(name));
  return Object.fromEntries(allowed) as JsonObject;
}

/** What there was no room for in a token: a configured claim, or one that a script minted. */
export type LeftOut = Pick<Claim, "name" | "type" | "required">;

/** What of the minted claims there is room for in a token. @param room bytes */
export function fitting(
  type: "access_token" | "id_token",
  minted: JsonObject = {},
  room: number,
): { readonly claims: JsonObject; readonly left_out: readonly LeftOut[] } {
  const { fits, left_out } = within(minted, room);
  return { claims: fits, left_out: left_out.map((name) => ({ name, type, required: false })) };
}
