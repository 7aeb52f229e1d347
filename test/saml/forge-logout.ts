/** What a provider says when it has signed somebody out, and every lie that can be made of it. */
import { createPrivateKey, sign } from "node:crypto";
import { now } from "../clock.ts";
import { at, OK, posted, signed } from "./forge.ts";
import type { Named } from "./keys.ts";

export interface Answer {
  /** ID of the request. */
  readonly request: string;
  readonly issuer: string;
  readonly destination: string;
  readonly status?: string;
}

export function logoutResponse({ request, issuer, destination, status = OK }: Answer): string {
  return `<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_answer" Version="2.0" IssueInstant="${at(now())}" Destination="${destination}" InResponseTo="${request}"><saml:Issuer>${issuer}</saml:Issuer>${status}</samlp:LogoutResponse>`;
}

/** By the redirect binding: the query is signed. */
export async function redirected(
  document: string,
  by: Named,
  algorithm = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
): Promise<string> {
  const stream = new Blob([document]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const deflated = Buffer.from(await new Response(stream).arrayBuffer()).toString("base64");
  const query = `SAMLResponse=${encodeURIComponent(deflated)}&SigAlg=${encodeURIComponent(algorithm)}`;
  const hash = algorithm.endsWith("sha1") ? "sha1" : "sha256";
  const signature = sign(hash, Buffer.from(query), createPrivateKey(by.key)).toString("base64");
  return `${query}&Signature=${encodeURIComponent(signature)}`;
}

/** By the POST binding: the document is signed. */
export function byForm(document: string, by: Named): URLSearchParams {
  return new URLSearchParams({ SAMLResponse: posted(signed(document, "_answer", { by })) });
}
