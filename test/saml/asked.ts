/** A provider that takes signed requests only, and judges ours by our own metadata: `samlify`. On the Node side only. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const samlify = require("samlify") as {
  IdentityProvider(settings: object): {
    parseLoginRequest(
      sp: object,
      binding: "redirect" | "post",
      request: object,
    ): Promise<{ extract: { request: { id: string; assertionConsumerServiceUrl: string } } }>;
  };
  ServiceProvider(settings: { metadata: string }): object;
};

export interface RequestAsked {
  /** The provider's entity id. */
  readonly issuer: string;
  /** Our metadata. */
  readonly metadata: string;
  /** As the browser brought it: a query, or a form. */
  readonly asked: { readonly query: string } | { readonly form: string };
}

/** @returns what it is asked, as JSON @throws what samlify has against the request */
export async function samlifyRequest({ issuer, metadata, asked }: RequestAsked): Promise<string> {
  const BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
  const sp = samlify.ServiceProvider({ metadata });
  const idp = samlify.IdentityProvider({
    entityID: issuer,
    wantAuthnRequestsSigned: true,
    singleSignOnService: [{ Binding: BINDING, Location: issuer }],
  });
  const { extract } =
    "form" in asked
      ? await idp.parseLoginRequest(sp, "post", { body: Object.fromEntries(new URLSearchParams(asked.form)) })
      : await idp.parseLoginRequest(sp, "redirect", {
          query: Object.fromEntries(new URLSearchParams(asked.query)),
          octetString: asked.query.replace(/^\?/, "").split("&Signature=")[0],
        });
  return JSON.stringify(extract.request);
}
