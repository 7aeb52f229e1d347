/** SAML Bindings §3.4 — HTTP Redirect: deflated into the query, which is what is signed. */
import { RSA_SHA256 } from "./algorithms.ts";
import { privateKey } from "./private-key.ts";

export interface Sending {
  readonly message: string;
  readonly relay_state?: string | undefined;
  /** PKCS#8 as PEM, RSA: signs the query. */
  readonly key?: string | undefined;
}

/** @param location the provider's; a query that it has stays */
export async function redirectTo(location: string, { message, relay_state, key }: Sending): Promise<URL> {
  const parts: [string, string][] = [["SAMLRequest", base64(await deflate(message))]];
  if (relay_state !== undefined) parts.push(["RelayState", relay_state]);
  if (key !== undefined) parts.push(["SigAlg", RSA_SHA256]);
  // The signature covers these very characters, so they are encoded once and joined by hand.
  const signed = parts.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  const query =
    key === undefined ? signed : `${signed}&Signature=${encodeURIComponent(await signature(signed, key))}`;
  const url = new URL(location);
  url.search = url.search === "" ? query : `${url.search}&${query}`;
  return url;
}

async function signature(text: string, pem: string): Promise<string> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await privateKey(pem, algorithm, "sign");
  return base64(
    new Uint8Array(await crypto.subtle.sign(algorithm.name, key, new TextEncoder().encode(text))),
  );
}

async function deflate(text: string): Promise<Uint8Array> {
  const deflated = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(deflated).arrayBuffer());
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
