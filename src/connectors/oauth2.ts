/**
 * A provider with OAuth 2.0 and an API that says who the person is, such as GitHub. It has no ID token: that the answer
 * is for us rests on the code, PKCE and TLS, so no access token from anywhere else is ever taken (RFC 9700 §4.4, §2.1.1).
 */
import * as oauth from "oauth4webapi";
import { isObject } from "../config/json.ts";
import { parsePath, valueAt } from "../config/path.ts";
import type { JsonObject } from "../flow.ts";
import { hints } from "./authorization-parameters.ts";
import { checkClient } from "./check/client.ts";
import { clientAuthentication, Credentials, missingCredential } from "./client-authentication.ts";
import { redeemCode, startCodeFlow, type Registration } from "./code-flow.ts";
import type { Connector, ConnectorKind, Tools } from "./connector.ts";
import { judged } from "./judged.ts";
import { reach } from "./metadata.ts";
import { FIELDS, OAUTH2_ATTRIBUTES, OAUTH2_MAPPINGS, Settings } from "./oauth2-settings.ts";
import { primaryEmail } from "./primary-email.ts";
import { UpstreamError } from "./upstream-error.ts";

export const oauth2 = {
  method: "oauth2",
  name: "OAuth 2.0 with a user API",
  settings: Settings,
  credentials: Credentials,
  attributes: OAUTH2_ATTRIBUTES,
  mappings: OAUTH2_MAPPINGS,
  form: {
    settings: FIELDS,
    credentials: {
      client_secret: { label: "Client secret", where: "The provider's page of your registered app" },
      private_key: {
        label: "Private key",
        help: "For private_key_jwt: PKCS#8 as PEM, or a JWK.",
        advanced: true,
      },
    },
  },
  recipient: ["issuer_url", "token_endpoint"],
  missing: missingCredential,
  open: openOAuth2,
} as const satisfies ConnectorKind<typeof Settings, typeof Credentials>;

function openOAuth2(settings: Settings, credentials: Credentials, tools: Tools): Connector {
  async function registration(): Promise<Registration> {
    const { issuer_url: issuer, authorization_endpoint, token_endpoint, client_id, scopes } = settings;
    const server = { issuer, authorization_endpoint, token_endpoint };
    const authentication = await clientAuthentication(settings, credentials);
    return { server, client_id, authentication, scopes, algorithms: [] };
  }

  async function read(endpoint: string, accessToken: string): Promise<unknown> {
    const response = await reach(() =>
      tools.fetch(endpoint, {
        headers: {
          accept: "application/json",
          authorization: `Bearer ${accessToken}`,
          // GitHub answers nobody who does not say who they are.
          "user-agent": "Vestibule",
        },
      }),
    );
    if (!response.ok) throw new UpstreamError("refused", `the user API answered ${response.status}`);
    return judged(() => response.json());
  }

  return {
    async start(login) {
      if (login.force) throw new UpstreamError("anew", "OAuth 2.0 has no way to ask for a fresh sign-in");
      const further = { ...settings.authorization_parameters, ...hints(settings, login) };
      return startCodeFlow(await registration(), tools, login, further);
    },

    async check() {
      return checkClient(await registration(), tools);
    },

    async finish(callback) {
      const { issuer_url, userinfo_endpoint, emails_endpoint, subject } = settings;
      const registered = await registration();
      const { response } = await redeemCode(registered, tools, callback);
      const accessToken = await accessTokenOf(registered, response);
      const user = await read(userinfo_endpoint, accessToken);
      if (!isObject(user)) throw new UpstreamError("malformed", "the user API did not answer with an object");
      const email = emails_endpoint && primaryEmail(await read(emails_endpoint, accessToken));
      const userinfo = { ...user, ...email };
      return { issuer: issuer_url, subject: subjectOf(userinfo, subject), sources: { userinfo } };
    },
  };
}

/** RFC 6749 §5.1, and GitHub's way to refuse a code: with status 200. */
async function accessTokenOf({ server, client_id }: Registration, response: Response): Promise<string> {
  const { error } = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { error?: unknown };
  if (typeof error === "string")
    throw new UpstreamError("refused", "the provider refused the code", { cause: new Error(error) });
  return judged(async () => {
    const { access_token } = await oauth.processGenericTokenEndpointResponse(server, { client_id }, response);
    return access_token;
  });
}

/** An id that is a number is its decimal digits; one too large to be exact is none. */
function subjectOf(user: JsonObject, path: string): string {
  const value = valueAt(user, parsePath(path));
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  throw new UpstreamError("subject", "the user API did not say who the person is");
}
