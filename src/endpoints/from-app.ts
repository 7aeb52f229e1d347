/** `redirect_to` of a post-authentication application: continues only in the browser that left for it. */
import type { AppContext } from "../http/context.ts";
import { pending, session } from "../http/cookies.ts";
import { PageFault } from "../http/page-fault.ts";
import { send } from "../http/send.ts";
import { proceed } from "../steps/proceed.ts";
import { stillKnownClient } from "./known-client.ts";

export async function fromApp(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const handle = c.req.param("handle") ?? "";
  const waiting = await pending(c, handle, "app", "");
  if (!waiting) throw new PageFault("expired", "this browser has no such sign-in, or it is over");
  const client = await stillKnownClient(broker, waiting.request);
  const stage = { at: "app", waiting, state: handle, client, session: await session(c) } as const;
  return send(c, await proceed(broker, stage), { client: { name: client.client_name }, handle });
}
