/** The demo as an ordinary relying party: a public client on oauth4webapi that knows nothing but the issuer. */
import * as oauth from "oauth4webapi";

export interface RelyingParty {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly redirect_uri: string;
  readonly options: { [oauth.customFetch]: typeof fetch; [oauth.allowInsecureRequests]: boolean };
}

/** @param self answers requests to our own origin, which a Worker cannot fetch */
export async function relyingParty(
  issuer: string,
  client_id: string,
  self: (request: Request) => Promise<Response>,
): Promise<RelyingParty> {
  const options = {
    [oauth.customFetch]: (input: RequestInfo | URL, init?: RequestInit) => self(new Request(input, init)),
    // http only where the operator configured an origin on this machine.
    [oauth.allowInsecureRequests]: issuer.startsWith("http:"),
  };
  const url = new URL(issuer);
  const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options));
  return { server, client: { client_id }, redirect_uri: `${issuer}/demo`, options };
}
