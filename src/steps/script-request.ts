/** What a script learns of the request: nothing that opens anything. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { AuthorizationRequest, JsonObject } from "../flow.ts";

/** Credentials, and what the platform says about its visitor. */
const WITHHELD = /^(?:cookie|authorization|proxy-authorization|cf-.*)$/i;

/** Headers in canonical case, values as arrays: as the original gives them. */
export function scriptRequest(broker: Broker, request: AuthorizationRequest) {
  const headers = Object.fromEntries(
    [...broker.headers]
      .filter(([name]) => !WITHHELD.test(name))
      .map(([name, value]) => [canonical(name), [value]]),
  );
  return { headers, query_params: authorizationQuery(request) };
}

/** Without its secret. */
export function scriptClient({ client_secret_hash: _, jwks: __, ...client }: Client): Client & JsonObject {
  return JSON.parse(JSON.stringify(client)) as Client & JsonObject;
}

function canonical(name: string): string {
  return name.replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}

/** The authorization request as it was judged, wherever its browser is by now. */
export function authorizationQuery(request: AuthorizationRequest): Record<string, string[]> {
  const { client_id, redirect_uri, scope, prompt, acr_values, resource, login_hint, idp_hint, max_age } =
    request;
  const parameters: [string, readonly (string | number | undefined)[]][] = [
    ["client_id", [client_id]],
    ["redirect_uri", [redirect_uri]],
    ["scope", scope.length > 0 ? [scope.join(" ")] : []],
    ["prompt", prompt.length > 0 ? [prompt.join(" ")] : []],
    ["acr_values", acr_values.length > 0 ? [acr_values.join(" ")] : []],
    ["resource", resource],
    ["login_hint", [login_hint]],
    ["idp_hint", [idp_hint]],
    ["max_age", [max_age]],
  ];
  return Object.fromEntries(
    parameters
      .map(([name, values]) => [name, values.filter((value) => value !== undefined).map(String)] as const)
      .filter(([, values]) => values.length > 0),
  );
}
