/** The client that calls an endpoint, proven. */
import type { Client } from "../config/client.ts";
import type { AppContext } from "../http/context.ts";
import { countClient, countFailure } from "../http/limits.ts";
import { clientCredentials } from "../oauth/client-auth.ts";
import { OAuthError } from "../oauth/error.ts";
import { ENDPOINTS } from "../oauth/metadata.ts";
import { authenticateClient } from "../steps/authenticate-client.ts";

/** @throws OAuthError `invalid_client` or `invalid_request`, TooMany */
export async function caller(c: AppContext, params: URLSearchParams): Promise<Client> {
  const { broker } = c.var;
  const credentials = clientCredentials(c.req.header("authorization") ?? null, params);
  // As the router knows it, and not as the caller wrote it: a path can be written in many ways.
  const endpoint = `${broker.issuer}${c.req.routePath.replace("/:workspace", "")}`;
  // RFC 7523 §3: many libraries name the token endpoint whichever endpoint they call.
  const audiences = [broker.issuer, `${broker.issuer}${ENDPOINTS.token_endpoint}`, endpoint];
  const client = await authenticateClient(broker, credentials, audiences).catch(async (error: unknown) => {
    if (error instanceof OAuthError) await countFailure(c);
    throw error;
  });
  await countClient(c, client);
  return client;
}
