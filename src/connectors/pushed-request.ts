/** RFC 9126 — pushed authorization requests towards a provider: what was asked never passes through the browser. */
import * as oauth from "oauth4webapi";
import type { Registration } from "./code-flow.ts";
import type { Tools } from "./connector.ts";
import { judged } from "./judged.ts";
import { reach } from "./metadata.ts";

/** @returns what remains for the browser to carry @throws UpstreamError */
export async function push(
  { server, client_id, authentication }: Pick<Registration, "server" | "client_id" | "authentication">,
  tools: Pick<Tools, "fetch">,
  parameters: Record<string, string>,
): Promise<Record<string, string>> {
  const client: oauth.Client = { client_id };
  const response = await reach(() =>
    oauth.pushedAuthorizationRequest(server, client, authentication, new URLSearchParams(parameters), {
      [oauth.customFetch]: tools.fetch,
    }),
  );
  const { request_uri } = await judged(
    () => oauth.processPushedAuthorizationResponse(server, client, response),
    "the request",
  );
  return { client_id, request_uri };
}
