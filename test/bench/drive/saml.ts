import { left, parameter, send } from "../../load/http.ts";
import { Jar } from "../../load/jar.ts";
import { pkce } from "../../load/pkce.ts";
import type { Workspace } from "../../load/workspace.ts";
import { keyOf } from "../../saml/keys.ts";
import { parseRequest, samlpResponse } from "../../saml/samlp.ts";

const ISSUER = "https://idp.bench.example/saml";

/** Registers a SAML provider as the connection `saml`. */
export async function addSaml(workspace: Workspace): Promise<void> {
  const { certificate } = await keyOf("bench");
  await workspace.put("/connections/saml", {
    name: "SAML",
    method: "saml",
    settings: {
      idp_entity_id: ISSUER,
      sso_url: "https://idp.bench.example/sso",
      idp_certificates: [certificate],
    },
  });
}

/** Redirect, posted response, token endpoint. */
export async function signInBySaml(workspace: Workspace, person: string): Promise<void> {
  const [jar, { verifier, challenge }] = [new Jar(), pkce()];
  const url = `${workspace.authorizeUrl("openid profile email", challenge)}&idp_hint=saml`;
  const leaving = await workspace.open(url, jar);
  const asked = await parseRequest("GET", parameter(leaving, "SAMLRequest"));
  const acs = asked.assertionConsumerServiceURL ?? "";
  const xml = await samlpResponse({
    by: await keyOf("bench"),
    issuer: ISSUER,
    audience: asked.issuer ?? "",
    acs,
    request: asked.id ?? "",
    name_id: person,
    attributes: { mail: `${person}@example.com`, givenName: person, sn: "Bench", displayName: person },
  });
  const form = {
    SAMLResponse: Buffer.from(xml).toString("base64"),
    RelayState: parameter(leaving, "RelayState"),
  };
  const back = left(jar.take(await send(acs, { headers: jar.headers, form })));
  await workspace.redeem(parameter(back, "code"), verifier);
}
