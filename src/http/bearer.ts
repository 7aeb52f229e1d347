/** RFC 6750 §2 — how a token is presented: in the header, or in a form body; never in the URL. */
import { OAuthError } from "../oauth/error.ts";
import type { AppContext } from "./context.ts";
import { form, isForm } from "./form.ts";

/** @throws OAuthError `invalid_request` for a header that cannot be read or a token that comes in two ways */
export async function bearer(c: AppContext): Promise<string | undefined> {
  c.set("bearer", true);
  const header = c.req.header("authorization") ?? "";
  const [, inHeader] = /^bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(header) ?? [];
  if (/^bearer(?: |$)/i.test(header) && !inHeader)
    throw new OAuthError("invalid_request", "the authorization header cannot be read");
  const posted = c.req.method === "POST" && isForm(c) ? await form(c) : undefined;
  const inBody = posted?.get("access_token") ?? undefined;
  if (inHeader && inBody) throw new OAuthError("invalid_request", "the access token is sent in two ways");
  return inHeader ?? inBody;
}

/** §3: a request without a token learns how to ask, and no error code. */
export function unauthorized(c: AppContext): Response {
  return c.body(null, 401, { "WWW-Authenticate": `Bearer realm="${c.var.deployment.origin}"` });
}
