/** Two providers that judge a LogoutRequest of ours and answer it, each with its own library. On the Node side only. */
import { createRequire } from "node:module";
import { bareOf } from "./pem.ts";
import type { Named } from "./keys.ts";

export interface LogoutAsked {
  readonly by: Named;
  /** The provider's entity id. */
  readonly issuer: string;
  /** Ours. */
  readonly audience: string;
  /** Where we take the answer. */
  readonly slo: string;
  readonly name_id: string;
  readonly session_index: string;
  /** Our signing certificate. */
  readonly certificate: string;
  /** Our metadata. */
  readonly metadata: string;
  /** As the browser brought it: a query, or a form. */
  readonly asked: { readonly query: string } | { readonly form: string };
}

const require = createRequire(import.meta.url);
type Done = (error: unknown, value?: unknown) => void;
const samlp = require("samlp") as {
  logout(options: object): (request: object, response: object, next: Done) => void;
};

/** @returns where the browser is sent, or the form that it posts @throws what samlp has against the request */
export function samlpLogout({
  by,
  issuer,
  audience,
  slo,
  asked,
  ...known
}: Omit<LogoutAsked, "metadata">): Promise<string> {
  const byRedirect = "query" in asked;
  const params = Object.fromEntries(new URLSearchParams(byRedirect ? asked.query : asked.form));
  const kept = new Map<string, object>();
  const store = {
    save(_: object, data: object, done: Done) {
      kept.set("state", data);
      done(null, "state");
    },
    load: (_: object, id: string, _options: object, done: Done) => done(null, kept.get(id)),
  };
  const participant = {
    serviceProviderId: audience,
    serviceProviderLogoutURL: slo,
    nameId: known.name_id,
    sessionIndex: known.session_index,
    cert: known.certificate,
  };
  let left = 1;
  const sessionParticipants = {
    // Only a session that it knows by exactly these names.
    get(of: string, [index]: string[], nameId: string, done: Done) {
      const isIt = of === audience && index === known.session_index && nameId === known.name_id;
      done(null, isIt ? participant : undefined);
    },
    remove(_of: string, _index: string, _nameId: string, done: Done) {
      left = 0;
      done(null);
    },
    hasElements: () => left > 0,
  };
  const options = {
    issuer,
    cert: by.certificate,
    key: by.key,
    deflate: byRedirect,
    protocolBinding: `urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${byRedirect ? "Redirect" : "POST"}`,
    signatureAlgorithm: "rsa-sha256",
    digestAlgorithm: "sha256",
    store,
    sessionParticipants,
  };
  return new Promise((resolve, reject) => {
    const request = { method: byRedirect ? "GET" : "POST", query: {}, body: {} };
    Object.assign(request, byRedirect ? { query: params } : { body: params });
    const response = { redirect: resolve, send: resolve, set: () => undefined };
    samlp.logout(options)(request, response, reject);
  });
}

const samlify = require("samlify") as {
  IdentityProvider(settings: object): {
    parseLogoutRequest(
      sp: object,
      binding: "redirect",
      request: object,
    ): Promise<{ extract: { nameID?: string; sessionIndex?: string } }>;
    createLogoutResponse(sp: object, info: object, binding: "redirect", relay: string): { context: string };
  };
  ServiceProvider(settings: { metadata: string; wantLogoutResponseSigned: boolean }): object;
};

/** @throws what samlify has against the request */
export async function samlifyLogout({ by, issuer, metadata, asked, ...known }: LogoutAsked): Promise<string> {
  if (!("query" in asked)) throw new Error("samlify is asked by redirect");
  const service = [{ Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", Location: issuer }];
  const sp = samlify.ServiceProvider({ metadata, wantLogoutResponseSigned: true });
  const idp = samlify.IdentityProvider({
    entityID: issuer,
    privateKey: by.key,
    signingCert: bareOf(by.certificate),
    wantLogoutRequestSigned: true,
    wantLogoutResponseSigned: true,
    singleSignOnService: service,
    singleLogoutService: service,
  });
  const query = Object.fromEntries(new URLSearchParams(asked.query));
  const [octetString] = asked.query.replace(/^\?/, "").split("&Signature=");
  const info = await idp.parseLogoutRequest(sp, "redirect", { query, octetString });
  const { nameID, sessionIndex } = info.extract;
  if (nameID !== known.name_id || sessionIndex !== known.session_index)
    throw new Error(`another session: ${nameID}, ${sessionIndex}`);
  return idp.createLogoutResponse(sp, info, "redirect", "").context;
}
