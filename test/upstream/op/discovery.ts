import { poolKeys } from "../keys.ts";
import type { Provider } from "./provider.ts";

/** Where an attacker who writes a discovery document would like us to go. */
const INSIDE = "https://10.0.0.1";

export function discovery({ name, origin, issuer, is }: Provider): Response {
  if (is("discoverydown")) return new Response("Service Unavailable", { status: 503 });
  if (is("silent")) return new Response("error code: 1016", { status: 530 });
  const document = {
    issuer: is("otherissuer") ? "https://another.op.example.com" : issuer,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: is("privatetoken")
      ? `${INSIDE}/token`
      : is("httptoken")
        ? `${origin.replace("https", "http")}/token`
        : `${origin}/token`,
    userinfo_endpoint: `${is("privateuserinfo") ? INSIDE : origin}/userinfo`,
    jwks_uri: `${is("privatekeys") ? INSIDE : origin}/keys`,
    ...(!is("nologout") && { end_session_endpoint: `${origin}/logout` }),
    id_token_signing_alg_values_supported: is("hmac") ? ["HS256", "none"] : ["RS256", "HS256", "none"],
    response_types_supported: ["code"],
    response_modes_supported: ["query", "form_post"],
    subject_types_supported: ["public"],
    ...((is("iss") || is("noiss")) && { authorization_response_iss_parameter_supported: true }),
    ...((is("par") || is("onlypar") || is("parfails") || is("privatepar")) && {
      pushed_authorization_request_endpoint: `${is("privatepar") ? INSIDE : origin}/par`,
    }),
  };
  // The test's clock and this one differ, so a test that looks at clocks says what this one shows: `0t1800000000`.
  const [, at] = /-0t(\d{10})$/.exec(name) ?? [];
  const date = new Date(at ? Number(at) * 1_000 : Date.now()).toUTCString();
  return Response.json(document, { headers: { date } });
}

/** The key of ID tokens says whose it is, as keys of Microsoft Entra ID do. */
export async function jwks({ issuer, is }: Provider): Promise<Response> {
  const { id } = await poolKeys();
  const owner = is("tenantkey") ? issuer.replace("{tenantid}", OTHER_TENANT) : issuer;
  return Response.json({ keys: [{ ...id.jwk, ...(is("tenants") && { issuer: owner }) }] });
}

const OTHER_TENANT = "99999999-9999-9999-9999-999999999999";
