/** AWS Cognito user pools. How they depart from the standard is said beside each line that is there for it. */
import { jwtVerify } from "jose";
import * as oauth from "oauth4webapi";
import * as z from "zod";
import { COGNITO_ATTRIBUTES, COGNITO_MAPPINGS } from "../config/attribute.ts";
import { hints } from "./authorization-parameters.ts";
import { CLOCK_TOLERANCE, departure, finishCodeFlow, startCodeFlow, type Registration } from "./code-flow.ts";
import { checkCognito } from "./check/cognito.ts";
import type { Connector, ConnectorKind, Tools } from "./connector.ts";
import { identityOf, userInfo } from "./identity.ts";
import { judged } from "./judged.ts";
import { discover, keysOf } from "./metadata.ts";
import { UpstreamError } from "./upstream-error.ts";

const REGION = /^[a-z]{2}(?:-[a-z]+){1,3}-\d$/;

const Settings = z
  .strictObject({
    pool_id: z.string().regex(/^[a-z0-9-]+_[A-Za-z0-9]{1,55}$/, "looks like eu-central-1_AbCdEfGhI"),
    region: z.string().regex(REGION, "looks like eu-central-1"),
    client_id: z.string().min(1).max(128),
    scopes: z.array(z.string().min(1).max(128)).max(50).default(["openid", "email", "profile"]),
    get_user_info: z.boolean().default(false),
    send_login_hint: z.boolean().default(false),
  })
  .refine(({ pool_id, region }) => pool_id.startsWith(`${region}_`), {
    path: ["pool_id"],
    message: "a pool id begins with its region",
  })
  .refine(({ scopes }) => scopes.includes("openid"), { path: ["scopes"], message: "must contain openid" });
type Settings = z.infer<typeof Settings>;

const Credentials = z.strictObject({ client_secret: z.string().min(1).max(1_000).optional() });
type Credentials = z.infer<typeof Credentials>;

export const cognito = {
  method: "cognito",
  name: "AWS Cognito user pool",
  settings: Settings,
  credentials: Credentials,
  attributes: COGNITO_ATTRIBUTES,
  mappings: COGNITO_MAPPINGS,
  form: {
    settings: {
      pool_id: {
        label: "Pool ID",
        placeholder: "eu-central-1_AbCdEfGhI",
        where: "Amazon Cognito > User pools > your pool > Overview > User pool ID",
      },
      region: {
        label: "Region",
        placeholder: "eu-central-1",
        where: "The part of the pool ID before the underscore",
      },
      client_id: {
        label: "Client ID",
        where: "Amazon Cognito > User pools > your pool > App clients > your app client > Client ID",
      },
      scopes: {
        label: "Scopes",
        help: "What is asked of Cognito. All of them must be allowed for the app client, and openid is always needed.",
        where: "App clients > your app client > Login pages > OpenID Connect scopes",
        advanced: true,
      },
      get_user_info: {
        label: "Get user info",
        help: "Calls Cognito's userinfo endpoint at every sign-in and offers its answer as the source “User info”.",
        advanced: true,
      },
      send_login_hint: {
        label: "Send login hint",
        help: "Passes on the name that an app or a person already gave, so that the sign-in page has it filled in.",
        advanced: true,
      },
    },
    credentials: {
      client_secret: {
        label: "Client secret",
        help: "Leave it empty for an app client without a secret.",
        where: "App clients > your app client > Show client secret",
      },
    },
  },
  // The pool's discovery says where its token endpoint is, and that may be a domain of its owner's.
  recipient: ["pool_id"],
  open: openCognito,
} as const satisfies ConnectorKind<typeof Settings, typeof Credentials>;

/** Region and pool id name the issuer; China has a domain of its own, GovCloud has not. */
function cognitoIssuer({ region, pool_id }: Pick<Settings, "region" | "pool_id">): URL {
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return new URL(`https://cognito-idp.${region}.${domain}/${pool_id}`);
}

function openCognito(settings: Settings, credentials: Credentials, tools: Tools): Connector {
  const registeredAt = (server: oauth.AuthorizationServer): Registration => ({
    server,
    client_id: settings.client_id,
    authentication: credentials.client_secret
      ? oauth.ClientSecretBasic(credentials.client_secret)
      : oauth.None(),
    scopes: settings.scopes,
    algorithms: ["RS256"],
  });
  const registration = async () => registeredAt(await discover(cognitoIssuer(settings), tools));

  return {
    async start(login) {
      const registered = await registration();
      // Whether the hosted UI honours `prompt` and `max_age` is not known; its /logout with a response_type signs
      // out and shows the login page again. Pools without a /logout get the parameters, and the answer is checked.
      const { authorization_endpoint, end_session_endpoint } = registered.server;
      if (departure(authorization_endpoint).host === cognitoIssuer(settings).host)
        throw new UpstreamError("refused", "the user pool has no domain, so it has no sign-in page");
      const endpoint = login.force && end_session_endpoint ? end_session_endpoint : authorization_endpoint;
      return startCodeFlow(registered, tools, login, hints(settings, login), endpoint);
    },

    async finish(callback) {
      const registered = await registration();
      const { idToken, accessToken } = await finishCodeFlow(registered, tools, callback);
      if (idToken["token_use"] !== "id")
        throw new UpstreamError("token", "the ID token has another token_use");
      const access_token = await verifyAccessToken(registered, tools, accessToken);
      if (access_token["sub"] !== idToken.sub)
        throw new UpstreamError("subject", "the access token is about another person");
      const userinfo = settings.get_user_info
        ? await userInfo(registered, tools, accessToken, idToken.sub)
        : undefined;
      return identityOf(registered.server.issuer, {
        id_token: idToken,
        access_token,
        ...(userinfo && { userinfo }),
      });
    },

    check: () => checkCognito(cognitoIssuer(settings), tools, registeredAt),

    /** Cognito's /logout has parameters of its own: not RP-Initiated Logout. */
    async logout({ return_to }) {
      const { server, client_id } = await registration();
      if (!server.end_session_endpoint) return undefined;
      const to = departure(server.end_session_endpoint);
      to.searchParams.set("client_id", client_id);
      to.searchParams.set("logout_uri", return_to.href);
      return { to };
    },
  };
}

/** Cognito's access token has no `aud`; `client_id` says whom it is for. */
async function verifyAccessToken(
  { server, client_id, algorithms }: Registration,
  tools: Tools,
  token: string,
) {
  return judged(async () => {
    const { payload } = await jwtVerify(token, keysOf(server, tools), {
      issuer: server.issuer,
      algorithms: [...algorithms],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(tools.now() * 1_000),
      requiredClaims: ["sub", "exp"],
    });
    if (payload["client_id"] !== client_id)
      throw new UpstreamError("audience", "the access token is for another app client");
    if (payload["token_use"] !== "access")
      throw new UpstreamError("token", "the access token has another token_use");
    return payload;
  });
}
