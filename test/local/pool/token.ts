import type { PoolKeys } from "./keys.ts";
import type { Person } from "./people.ts";
import type { Middleware } from "./provider.ts";
import { mintTokens } from "./tokens.ts";

const ownErrors = [
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
];

export interface TokenOptions {
  readonly issuer: string;
  readonly keys: PoolKeys;
  readonly people: readonly Person[];
  /** Which token of the provider behind the pool stands for an access token that we minted, by `jti`. */
  readonly issued: Map<string, string>;
}

/** Bare 400 errors; no `scope` in an answer and no refresh token in the answer to one. */
export const token =
  ({ issuer, keys, people, issued }: TokenOptions): Middleware =>
  async (ctx, next) => {
    if (ctx.path !== "/oauth2/token") return next();
    await next();
    ctx.remove("www-authenticate");
    const answer = (ctx.body ?? {}) as { readonly [name: string]: unknown };
    const { AccessToken: granted, AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc?.entities ?? {};
    const person = people.find(({ sub }) => sub === granted?.accountId);
    if (ctx.status !== 200 || !granted || !person) {
      ctx.status = 400;
      ctx.body = { error: ownErrors.find((own) => own === answer.error) ?? "invalid_request" };
      return;
    }
    const { jti, ...tokens } = await mintTokens(issuer, keys, {
      person,
      clientId: granted.clientId!,
      scope: granted.scope!,
      grantId: granted.grantId!,
      authTime: (code ?? refresh)!.authTime!,
      nonce: code?.nonce,
    });
    issued.set(jti, String(answer.access_token));
    ctx.body = {
      ...tokens,
      ...(code && { refresh_token: answer.refresh_token }),
      expires_in: answer.expires_in,
      token_type: "Bearer",
    };
  };
