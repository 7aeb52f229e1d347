/** A relying party on oauth4webapi: an independent judge of every answer of ours. */
import { exports } from "cloudflare:workers";
import * as oauth from "oauth4webapi";
import type { Browser, Page, Via } from "./browser.ts";

type Parameters = Readonly<Record<string, string | readonly string[]>>;

/** An authorization request, and what its answer must fit. */
export interface Begun {
  readonly url: URL;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly max_age?: number;
}

export interface RelyingParty {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly via: Via;
  readonly redirect_uri: string;
  /** @param params over the usual ones; an empty value leaves one out */
  begin(params?: Parameters): Promise<Begun>;
  /** Judges the answer in a URL, or in what was posted; redeems the code; checks the ID token with our key set. */
  finish(at: Page | URL, begun: Begun): Promise<oauth.TokenEndpointResponse>;
  /** The whole way of a browser whose person is asked nothing. */
  signIn(browser: Browser, params?: Parameters): Promise<oauth.TokenEndpointResponse>;
  /** The code of an answer that was judged, not yet redeemed. */
  code(at: Page | URL, begun: Begun): URLSearchParams;
  redeem(answer: URLSearchParams, begun: Begun, extra?: Parameters): Promise<oauth.TokenEndpointResponse>;
  refresh(token: string, extra?: Parameters): Promise<oauth.TokenEndpointResponse>;
  clientCredentials(params?: Parameters): Promise<oauth.TokenEndpointResponse>;
  userinfo(token: string, subject?: string): Promise<oauth.UserInfoResponse>;
  introspect(token: string): Promise<oauth.IntrospectionResponse>;
  revoke(token: string): Promise<void>;
}

const insecure = { [oauth.allowInsecureRequests]: true } as const;

export async function relyingParty(
  issuer: string,
  client: oauth.Client,
  authentication: oauth.ClientAuth,
  redirect_uri: string,
  via: Via = (request) => exports.default.fetch(request),
): Promise<RelyingParty> {
  const options = {
    ...insecure,
    [oauth.customFetch]: (url: string, init: RequestInit) => via(new Request(url, init as RequestInit)),
  } as const;
  const discovered = await oauth.discoveryRequest(new URL(issuer), options);
  const server = await oauth.processDiscoveryResponse(new URL(issuer), discovered);
  const asked = (extra: Parameters) => ({ ...options, additionalParameters: searchParams(extra) });

  const party: RelyingParty = {
    server,
    client,
    via,
    redirect_uri,

    async begin(params = {}) {
      const begun = {
        verifier: oauth.generateRandomCodeVerifier(),
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        ...(params["max_age"] !== undefined && { max_age: Number(params["max_age"]) }),
      };
      const url = new URL(server.authorization_endpoint ?? "");
      const usual = {
        response_type: "code",
        client_id: client.client_id,
        redirect_uri,
        scope: "openid",
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: "S256",
      };
      url.search = searchParams({ ...usual, ...params }).toString();
      return { url, ...begun };
    },

    code: (at, { state }) => oauth.validateAuthResponse(server, client, answerOf(at), state),

    async redeem(answer, { verifier, nonce, max_age }, extra = {}) {
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        answer,
        redirect_uri,
        verifier,
        asked(extra),
      );
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
        expectedNonce: nonce,
        ...(max_age !== undefined && { maxAge: max_age }),
      });
      if (tokens.id_token) await oauth.validateApplicationLevelSignature(server, response, options);
      return tokens;
    },

    finish: async (at, begun) => party.redeem(party.code(at, begun), begun),

    async signIn(browser, params) {
      const begun = await party.begin(params);
      return party.finish(await browser.open(begun.url), begun);
    },

    async refresh(token, extra = {}) {
      const response = await oauth.refreshTokenGrantRequest(
        server,
        client,
        authentication,
        token,
        asked(extra),
      );
      const tokens = await oauth.processRefreshTokenResponse(server, client, response);
      if (tokens.id_token) await oauth.validateApplicationLevelSignature(server, response, options);
      return tokens;
    },

    async clientCredentials(params = {}) {
      const sent = searchParams(params);
      const response = await oauth.clientCredentialsGrantRequest(
        server,
        client,
        authentication,
        sent,
        options,
      );
      return oauth.processClientCredentialsResponse(server, client, response);
    },

    async userinfo(token, subject) {
      const response = await oauth.userInfoRequest(server, client, token, options);
      return oauth.processUserInfoResponse(server, client, subject ?? oauth.skipSubjectCheck, response);
    },

    async introspect(token) {
      const response = await oauth.introspectionRequest(server, client, authentication, token, options);
      return oauth.processIntrospectionResponse(server, client, response);
    },

    async revoke(token) {
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(server, client, authentication, token, options),
      );
    },
  };
  return party;
}

function answerOf(at: Page | URL): URLSearchParams {
  if (at instanceof URL) return at.searchParams;
  if (at.posted) return at.posted;
  return at.url.hash ? new URLSearchParams(at.url.hash.slice(1)) : at.url.searchParams;
}

function searchParams(params: Parameters): URLSearchParams {
  const pairs = Object.entries(params).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value]),
  );
  return new URLSearchParams(pairs.filter(([, value]) => value !== ""));
}
