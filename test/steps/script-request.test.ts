/** What a script learns of the request and the client: nothing that opens anything (threat 20). */
import { expect, it } from "vitest";
import type { Broker } from "../../src/broker.ts";
import type { Client } from "../../src/config/client.ts";
import type { AuthorizationRequest } from "../../src/flow.ts";
import { scriptClient, scriptRequest } from "../../src/steps/script-request.ts";

const request = {
  client_id: "app",
  redirect_uri: "https://app.example.com/cb",
  scope: ["openid", "email"],
  prompt: [],
  acr_values: [],
  resource: [],
  nonce: "a-nonce",
  code_challenge: "a-challenge",
  state: "a-state",
} as unknown as AuthorizationRequest;
const seen = (sent: Record<string, string>) =>
  scriptRequest({ headers: new Headers(sent) } as unknown as Broker, request);

it.each(["cookie", "authorization", "proxy-authorization", "cf-connecting-ip", "cf-access-jwt-assertion"])(
  "not the header %s",
  (name) => {
    expect(seen({ [name]: "x", "accept-language": "de" }).headers).toEqual({ "Accept-Language": ["de"] });
  },
);

it("nor what proves the request to its client", () => {
  expect(seen({}).query_params).toEqual({
    client_id: ["app"],
    redirect_uri: ["https://app.example.com/cb"],
    scope: ["openid email"],
  });
});

it("nor what the client proves itself with", () => {
  const client = { client_id: "app", client_secret_hash: "a-hash", jwks: { keys: [] } } as unknown as Client;
  expect(scriptClient(client)).toEqual({ client_id: "app" });
});
