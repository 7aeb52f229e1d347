/** @cloudflare/workers-oauth-provider with nobody behind it: authorize and token only. */
import { OAuthProvider } from "@cloudflare/workers-oauth-provider";

const handler = {
  async fetch(request, env) {
    const url = new URL(request.url);
    const oauth = env.OAUTH_PROVIDER;
    if (url.pathname === "/client") {
      const client = await oauth.createClient({
        clientName: "Bench",
        redirectUris: ["http://127.0.0.1/callback"],
        tokenEndpointAuthMethod: "none",
        grantTypes: ["authorization_code", "refresh_token"],
        responseTypes: ["code"],
      });
      return Response.json(client);
    }
    if (url.pathname !== "/authorize") return new Response(null, { status: 404 });
    const asked = await oauth.parseAuthRequest(request);
    const person = request.headers.get("x-person");
    const { redirectTo } = await oauth.completeAuthorization({
      request: asked,
      userId: person,
      metadata: {},
      scope: asked.scope,
      props: { sub: person, email: `${person}@example.com` },
    });
    return Response.redirect(redirectTo, 302);
  },
};

export default {
  fetch(request, env, ctx) {
    const provider = new OAuthProvider({
      apiRoute: "/api",
      apiHandler: { fetch: () => new Response("hello") },
      defaultHandler: handler,
      authorizeEndpoint: "/authorize",
      tokenEndpoint: "/token",
      scopesSupported: ["profile"],
      resourceMetadata: { resource: `${env.ORIGIN}/api`, authorization_servers: [env.ORIGIN] },
    });
    return provider.fetch(request, env, ctx);
  },
};
