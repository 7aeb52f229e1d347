/** A view as the answer: with the frame around it, and a policy that names the one script by a nonce of its own. */
import { randomId } from "../../crypto/handle.ts";
import type { AppContext } from "../../http/context.ts";
import { allowScript } from "../../http/headers.ts";
import type { Desk } from "./desk.ts";
import { ConsoleFrame } from "./frame.tsx";
import type { View } from "./page.ts";

export async function show(c: AppContext, view: View, desk?: Desk): Promise<Response> {
  const nonce = randomId();
  allowScript(c, nonce);
  return c.html(ConsoleFrame({ c, nonce, view, ...(desk && { desk }) }), view.status ?? 200);
}
