/** RFC 6749 §2.3 and RFC 7523 §2.2 — how a client says who it is. Pure: what is claimed, not yet whether it is true. */
import { decodeJwt } from "jose";
import { OAuthError } from "./error.ts";

export type ClientCredentials =
  | { readonly by: "none"; readonly client_id: string }
  | {
      readonly by: "client_secret_basic" | "client_secret_post";
      readonly client_id: string;
      readonly secret: string;
    }
  | { readonly by: "private_key_jwt"; readonly client_id: string; readonly assertion: string };

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const LONGEST = 8_192;

/** @throws OAuthError `invalid_client` when there is none, `invalid_request` when there are two (RFC 6749 §2.3) */
export function clientCredentials(authorization: string | null, body: URLSearchParams): ClientCredentials {
  const presented = [basic(authorization), assertion(body), post(body)].filter(
    (found) => found !== undefined,
  );
  if (presented.length > 1)
    throw new OAuthError("invalid_request", "the client authenticates in more than one way");
  const client_id = body.get("client_id");
  const [found] = presented;
  if (!found) {
    if (client_id === null) throw new OAuthError("invalid_client", "the client does not say who it is");
    return { by: "none", client_id };
  }
  if (client_id !== null && client_id !== found.client_id)
    throw new OAuthError("invalid_request", "client_id is not the client that authenticates");
  return found;
}

function basic(authorization: string | null): ClientCredentials | undefined {
  if (authorization === null) return undefined;
  const [, encoded] = /^basic ([A-Za-z0-9+/=]{1,4096})$/i.exec(authorization) ?? [];
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(decoded(encoded)) ?? [];
  if (id === undefined || secret === undefined)
    throw new OAuthError("invalid_client", "the authorization header is not Basic credentials");
  // RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
  return { by: "client_secret_basic", client_id: formDecoded(id), secret: formDecoded(secret) };
}

function post(body: URLSearchParams): ClientCredentials | undefined {
  const [client_id, secret] = [body.get("client_id"), body.get("client_secret")];
  if (secret === null) return undefined;
  if (client_id === null) throw new OAuthError("invalid_client", "client_id is missing");
  return { by: "client_secret_post", client_id, secret };
}

function assertion(body: URLSearchParams): ClientCredentials | undefined {
  const [type, jwt] = [body.get("client_assertion_type"), body.get("client_assertion")];
  if (type === null && jwt === null) return undefined;
  if (type !== ASSERTION_TYPE || jwt === null || jwt.length > LONGEST)
    throw new OAuthError("invalid_client", "client_assertion is not a JWT bearer assertion");
  return { by: "private_key_jwt", client_id: claimedSubject(jwt), assertion: jwt };
}

/** Whom the assertion is about; believed only once its signature was checked with that client's key. */
function claimedSubject(jwt: string): string {
  try {
    const { sub } = decodeJwt(jwt);
    if (typeof sub === "string") return sub;
  } catch {
    // Falls through to the one answer for everything that is not an assertion.
  }
  throw new OAuthError("invalid_client", "client_assertion has no subject");
}

function decoded(base64 = ""): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return "";
  }
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
