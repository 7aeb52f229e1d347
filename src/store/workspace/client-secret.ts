/** Secrets of clients: made here (null asks for a new one) or brought by an operator, shown once, kept as a hash. */
import { hashSecret, newSecret } from "../../crypto/secret.ts";
import type { JsonObject } from "../../flow.ts";
import { InvalidRecord, type Prepared } from "./record-kind.ts";

/** Shortest secret that an operator may bring: it is kept as a plain hash, so it must be random. */
const SHORTEST = 32;

export async function prepareClient(input: JsonObject, stored: JsonObject | undefined): Promise<Prepared> {
  const { client_secret, ...rest } = input;
  if ("client_secret_hash" in input)
    throw new InvalidRecord("client_secret_hash", "write client_secret; its hash is made here");
  const method = rest["token_endpoint_auth_method"] ?? "client_secret_basic";
  if (typeof method !== "string" || !method.startsWith("client_secret")) return { plain: rest };
  if (client_secret === undefined && stored?.["client_secret_hash"])
    return { plain: { ...rest, client_secret_hash: stored["client_secret_hash"] } };
  const made = client_secret === undefined || client_secret === null;
  const secret = made ? newSecret() : client_secret;
  if (typeof secret !== "string" || secret.length < SHORTEST)
    throw new InvalidRecord("client_secret", `must have at least ${SHORTEST} random characters`);
  const plain = { ...rest, client_secret_hash: await hashSecret(secret) };
  return made ? { plain, revealed: { client_secret: secret } } : { plain };
}
