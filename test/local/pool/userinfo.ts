import { createLocalJWKSet, jwtVerify } from "jose";
import { readable } from "./attributes.ts";
import { publicKey } from "./keys.ts";
import type { Person } from "./people.ts";
import type { Middleware } from "./provider.ts";
import type { TokenOptions } from "./token.ts";

const refusals: { readonly [status: number]: string } = {
  400: `error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"`,
  401: `error="invalid_token", error_description="Access token is expired, disabled, or deleted, or the user has globally signed out."`,
};

/** GET only; every value is a string, booleans included, and the challenge has no scheme. */
export function userinfo({ keys, people, issued }: TokenOptions): Middleware {
  const jwks = createLocalJWKSet({ keys: [publicKey(keys.access)] });

  return async (ctx, next) => {
    if (ctx.path !== "/oauth2/userInfo") return next();
    if (ctx.method !== "GET") return void (ctx.status = 405);
    const jwt = /^Bearer (\S+)$/i.exec(ctx.get("authorization"))?.[1];
    if (jwt) {
      const verified = await jwtVerify(jwt, jwks, { algorithms: ["RS256"] }).catch(() => undefined);
      ctx.req.headers.authorization = `Bearer ${issued.get(verified?.payload.jti ?? "") ?? "unknown"}`;
      await next();
    } else ctx.status = 400;

    const accessToken = ctx.oidc?.entities.AccessToken;
    const person = people.find(({ sub }) => sub === accessToken?.accountId);
    if (ctx.status === 200 && person) {
      ctx.remove("www-authenticate");
      ctx.body = strings(person, String(accessToken?.scope));
      return;
    }
    const refusal = refusals[ctx.status];
    if (refusal) ctx.set("www-authenticate", refusal);
    ctx.body = Object.fromEntries(
      [...(refusal ?? "").matchAll(/(\w+)="([^"]*)"/g)].map(([, name, text]) => [name, text]),
    );
  };
}

function strings(person: Person, scope: string) {
  const attributes = Object.entries(readable(person.attributes, new Set(scope.split(" "))));
  return {
    sub: person.sub,
    ...Object.fromEntries(attributes.map(([name, value]) => [name, String(value)])),
    ...(person.identities && { identities: JSON.stringify(person.identities) }),
    username: person.username,
  };
}
