/** Credentials → Client: the first thing at the token, revocation and introspection endpoints (design §5.3). */
import { errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import { secretMatches } from "../crypto/secret.ts";
import { judgeAssertion } from "../oauth/client-assertion.ts";
import type { ClientCredentials } from "../oauth/client-auth.ts";
import { OAuthError } from "../oauth/error.ts";
import { keySet } from "../crypto/key-set.ts";
import { clientKeys } from "./client-keys.ts";

/**
 * @param audiences whom an assertion may be addressed to
 * @throws OAuthError `invalid_client`; the same for an unknown client and a wrong secret
 */
export async function authenticateClient(
  broker: Broker,
  credentials: ClientCredentials,
  audiences: readonly string[],
): Promise<Client> {
  const client = await broker.client(credentials.client_id);
  if (!client) throw refused("the client is not known");
  if (client.disabled) throw refused("the client is disabled");
  if (client.token_endpoint_auth_method !== credentials.by)
    throw refused(`the client authenticates by ${credentials.by}`);
  switch (credentials.by) {
    case "none":
      return client;
    case "client_secret_basic":
    case "client_secret_post":
      if (!client.client_secret_hash || !(await secretMatches(credentials.secret, client.client_secret_hash)))
        throw refused("the secret is wrong");
      return client;
    case "private_key_jwt":
      return await proveAssertion(broker, client, credentials.assertion, audiences);
  }
}

async function proveAssertion(
  broker: Broker,
  client: Client,
  assertion: string,
  audiences: readonly string[],
): Promise<Client> {
  const key: JWTVerifyGetKey = async (header, token) => {
    const find = (keys: JSONWebKeySet) => keySet(keys)(header, token);
    try {
      return await find(await clientKeys(broker, client));
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return find(await clientKeys(broker, client, "again"));
    }
  };
  const { jti, exp } = await judgeAssertion(assertion, key, client.client_id, audiences, broker.now());
  // Taken after the signature: only the client itself may use up its own values.
  if (!(await broker.once(`assertion:${client.client_id}:${jti}`, exp)))
    throw refused("the assertion was used before");
  return client;
}

function refused(reason: string): OAuthError {
  return new OAuthError("invalid_client", "client authentication failed", { reason });
}
