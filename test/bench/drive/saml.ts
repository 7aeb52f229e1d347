import { type Answer, expected, left, parameter, send } from "../../load/http.ts";
import { Jar } from "../../load/jar.ts";
import { pkce } from "../../load/pkce.ts";
import type { Workspace } from "../../load/workspace.ts";
import { keyOf } from "../../saml/keys.ts";
import { parseRequest, samlpResponse } from "../../saml/samlp.ts";

export const ISSUER = "https://idp.bench.example/saml";

/** Registers a SAML provider as a connection. @param more over the usual settings, and credentials */
export async function addSaml(
  workspace: Workspace,
  id = "saml",
  { settings = {}, credentials = {} }: { settings?: object; credentials?: object } = {},
): Promise<void> {
  const { certificate } = await keyOf("bench");
  await workspace.put(`/connections/${id}`, {
    name: "SAML",
    method: "saml",
    settings: {
      idp_entity_id: ISSUER,
      sso_url: "https://idp.bench.example/sso",
      idp_certificates: [certificate],
      ...settings,
    },
    credentials,
  });
}

/** What the provider was asked. */
export interface Asked {
  readonly audience: string;
  readonly acs: string;
  readonly request: string;
}

/** One sign-in, request by request. What the provider does between them costs us nothing. */
export class SamlSignIn {
  readonly #jar = new Jar();
  readonly #pkce = pkce();
  readonly #workspace: Workspace;
  readonly #connection: string;
  #relay = "";
  #acs = "";
  #code = "";

  constructor(workspace: Workspace, connection = "saml") {
    this.#workspace = workspace;
    this.#connection = connection;
  }

  /** The authorization endpoint, which redirects to the provider. */
  async authorize(): Promise<Answer> {
    const url = this.#workspace.authorizeUrl("openid profile email", this.#pkce.challenge);
    return this.#workspace.open(`${url}&idp_hint=${this.#connection}`, this.#jar);
  }

  /** The provider reads what it is asked. */
  async read(leaving: Answer): Promise<Asked> {
    const asked = await parseRequest("GET", parameter(leaving, "SAMLRequest"));
    this.#relay = parameter(leaving, "RelayState");
    this.#acs = asked.assertionConsumerServiceURL ?? "";
    return { audience: asked.issuer ?? "", acs: this.#acs, request: asked.id ?? "" };
  }

  /** The Assertion Consumer Service, whose page leaves for the app. */
  async post(xml: string): Promise<void> {
    const form = { SAMLResponse: Buffer.from(xml).toString("base64"), RelayState: this.#relay };
    const page = this.#jar.take(await send(this.#acs, { headers: this.#jar.headers, form }));
    this.#code = parameter(left(expected(200, page)), "code");
  }

  async redeem(): Promise<void> {
    await this.#workspace.redeem(this.#code, this.#pkce.verifier);
  }
}

/** Redirect, posted response, token endpoint. */
export async function signInBySaml(workspace: Workspace, person: string): Promise<void> {
  const signIn = new SamlSignIn(workspace);
  const asked = await signIn.read(await signIn.authorize());
  const xml = await samlpResponse({
    ...asked,
    by: await keyOf("bench"),
    issuer: ISSUER,
    name_id: person,
    attributes: { mail: `${person}@example.com`, givenName: person, sn: "Bench", displayName: person },
  });
  await signIn.post(xml);
  await signIn.redeem();
}
