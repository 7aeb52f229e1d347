/** Any OpenID Provider with a discovery document (OpenID Connect Core 1.0, Discovery 1.0). */
import { jwtVerify } from "jose";
import type { AuthorizationServer } from "oauth4webapi";
import { OIDC_ATTRIBUTES, OIDC_MAPPINGS } from "../config/attribute.ts";
import { hints } from "./authorization-parameters.ts";
import { checkOidc } from "./check/oidc.ts";
import {
  clientAuthentication,
  Credentials,
  missingCredential,
  SIGNING_ALGORITHMS,
} from "./client-authentication.ts";
import {
  CLOCK_TOLERANCE,
  departure,
  finishCodeFlow,
  startCodeFlow,
  type Proven,
  type Registration,
} from "./code-flow.ts";
import type { Connector, ConnectorKind, Tools } from "./connector.ts";
import { identityOf, userInfo } from "./identity.ts";
import { discover, keysOf } from "./metadata.ts";
import { FIELDS, Settings } from "./oidc-settings.ts";
import { requireClaims } from "./required-claims.ts";
import { nameOfSeveral } from "./tenants.ts";

/** Asymmetric: an HMAC would be keyed with the client secret, which anybody who reads it could sign with. */
const ALGORITHMS: readonly string[] = [...SIGNING_ALGORITHMS, "EdDSA"];

export const oidc = {
  method: "oidc",
  name: "OpenID Connect",
  settings: Settings,
  credentials: Credentials,
  attributes: OIDC_ATTRIBUTES,
  mappings: OIDC_MAPPINGS,
  form: {
    settings: FIELDS,
    credentials: {
      client_secret: { label: "Client secret", where: "The provider's page of your registered app" },
      private_key: {
        label: "Private key",
        help: "For private_key_jwt: PKCS#8 as PEM, or a JWK, whose kid and x5t#S256 are sent with each assertion.",
        advanced: true,
      },
    },
  },
  recipient: ["issuer_url"],
  missing: missingCredential,
  open: openOidc,
} as const satisfies ConnectorKind<typeof Settings, typeof Credentials>;

function openOidc(settings: Settings, credentials: Credentials, tools: Tools): Connector {
  const { issuer_url, client_id, scopes, response_mode, use_par, tenants } = settings;
  const issuer = new URL(issuer_url);
  const named = tenants.length > 0 ? nameOfSeveral(issuer_url) : issuer;

  async function registeredAt(server: AuthorizationServer): Promise<Registration> {
    const authentication = await clientAuthentication(settings, credentials);
    const offered = server.id_token_signing_alg_values_supported ?? ["RS256"];
    const algorithms = ALGORITHMS.filter((name) => offered.includes(name));
    return { server, client_id, authentication, scopes, algorithms, response_mode, pushed: use_par, tenants };
  }
  const registration = async () => registeredAt(await discover(issuer, tools, named));

  return {
    async start(login) {
      const { authorization_parameters, claims } = settings;
      const asked = Object.keys(claims).length > 0 && { claims: JSON.stringify(claims) };
      const further = { ...authorization_parameters, ...asked, ...hints(settings, login) };
      return startCodeFlow(await registration(), tools, login, further);
    },

    async finish(callback) {
      const registered = await registration();
      const proven = await finishCodeFlow(registered, tools, callback);
      const { server, idToken, accessToken } = proven;
      requireClaims(settings.required_claims, idToken);
      const access_token = await readAccessToken(registered, tools, proven);
      const userinfo = settings.get_user_info
        ? await userInfo(registered, tools, accessToken, idToken.sub)
        : undefined;
      return identityOf(server.issuer, {
        id_token: idToken,
        ...(access_token && { access_token }),
        ...(userinfo && { userinfo }),
      });
    },

    check: () => checkOidc(issuer, named, tools, registeredAt),

    /** OpenID Connect RP-Initiated Logout 1.0 §2: without an ID token to hint with, `client_id` says who asks. */
    async logout({ return_to }) {
      const { server } = await registration();
      if (!server.end_session_endpoint) return undefined;
      const to = departure(server.end_session_endpoint);
      to.searchParams.set("client_id", client_id);
      to.searchParams.set("post_logout_redirect_uri", return_to.href);
      return { to };
    },
  };
}

/**
 * An access token is its API's to read: one that is opaque, or a JWT for somebody else's keys, is no source and no
 * error. What is read is signed by the provider.
 */
async function readAccessToken({ algorithms }: Registration, tools: Tools, { server, accessToken }: Proven) {
  try {
    const { payload } = await jwtVerify(accessToken, keysOf(server, tools), {
      issuer: server.issuer,
      algorithms: [...algorithms],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(tools.now() * 1_000),
    });
    return payload;
  } catch {
    return undefined;
  }
}
