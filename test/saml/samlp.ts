/** An identity provider of another hand: `samlp`, which writes and signs with libraries of its own. On the Node side only. */
import { createRequire } from "node:module";
import type { Named } from "./keys.ts";

const require = createRequire(import.meta.url);
const samlp = require("samlp") as {
  parseRequest(asked: object, options: object, done: (error: unknown, request?: Parsed) => void): void;
  getSamlResponse(options: object, user: object, done: (error: unknown, xml: string) => void): void;
};

interface Parsed {
  readonly issuer?: string;
  readonly assertionConsumerServiceURL?: string;
  readonly destination?: string;
  readonly id?: string;
  readonly forceAuthn?: string;
}

export interface SamlAnswer {
  readonly by: Named;
  /** The provider's entity id. */
  readonly issuer: string;
  readonly audience: string;
  readonly acs: string;
  readonly request: string;
  readonly name_id: string;
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  /** Over what samlp does by itself. */
  readonly options?: object;
}

/** @param method GET: the message is deflated */
export function parseRequest(method: string, message: string): Promise<Parsed> {
  const place = method === "GET" ? "query" : "body";
  return new Promise((resolve, reject) => {
    samlp.parseRequest({ method, [place]: { SAMLRequest: message } }, {}, (error, request) =>
      error || !request ? reject(error ?? new Error("no request")) : resolve(request),
    );
  });
}

/** @returns XML */
export function samlpResponse(answer: SamlAnswer): Promise<string> {
  const { by, issuer, audience, acs, request, name_id, attributes, options } = answer;
  const profileMapper = () => ({
    getClaims: () => attributes,
    getNameIdentifier: () => ({
      nameIdentifier: name_id,
      nameIdentifierFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    }),
  });
  const all = {
    issuer,
    audience,
    profileMapper,
    cert: by.certificate,
    key: by.key,
    recipient: acs,
    destination: acs,
    inResponseTo: request,
    sessionIndex: `_${crypto.randomUUID()}`,
    signatureAlgorithm: "rsa-sha256",
    digestAlgorithm: "sha256",
    lifetimeInSeconds: 300,
    ...options,
  };
  return new Promise((resolve, reject) => {
    samlp.getSamlResponse(all, {}, (error, xml) => (error ? reject(error as Error) : resolve(xml)));
  });
}
