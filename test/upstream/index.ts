/** The world outside, on the Node side: user pools that behave like Cognito or misbehave as told, and clients' key sets. */
import { authorize, logout } from "./authorize.ts";
import { github } from "./github.ts";
import { hooks } from "./hooks.ts";
import { keySets } from "./key-sets.ts";
import { discovery, jwks } from "./discovery.ts";
import { openidProvider } from "./op/index.ts";
import { providerOf } from "./op/provider.ts";
import { poolOfDomain, poolOfIssuer, type Pool } from "./pool.ts";
import { note, requests, unexpected } from "./record.ts";
import { samlWriter } from "./saml.ts";
import { token } from "./token.ts";
import { userInfo } from "./userinfo.ts";

type Endpoint = (request: Request, pool: Pool) => Response | Promise<Response>;

const ISSUER: Readonly<Record<string, Endpoint>> = {
  "/.well-known/openid-configuration": discovery,
  "/.well-known/jwks.json": jwks,
};
const DOMAIN: Readonly<Record<string, Endpoint>> = {
  "/oauth2/authorize": authorize,
  "/oauth2/token": token,
  "/oauth2/userInfo": userInfo,
  "/logout": logout,
};

/** Answers every request that leaves the Worker or a test. An unexpected host is remembered, and fails the test. */
export async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.hostname === "upstream.test") return requests(url);
  if (url.hostname === "hooks.example.com") return hooks(request, url);
  if (url.hostname === "keys.example.com") return keySets(request, url);
  if (url.hostname.endsWith(".cloudflareaccess.com") && url.pathname === "/cdn-cgi/access/certs")
    return keySets(request, new URL(url.hostname, "https://keys.example.com"));
  if (["github.com", "api.github.com"].includes(url.hostname)) return github(request, url);
  const written = await samlWriter(request, url);
  if (written) return written;
  const provider = providerOf(url);
  if (provider) return openidProvider(request, url, provider);
  const [pool, endpoints] = [poolOfIssuer(url), poolOfDomain(url)];
  const found = pool ?? endpoints;
  if (!found) return unexpected(url);
  const path = pool ? url.pathname.slice(pool.id.length + 1) : url.pathname;
  await note(found.id, request);
  const endpoint = (pool ? ISSUER : DOMAIN)[path];
  return endpoint?.(request, found) ?? unknownOperation();
}

/** What AWS answers to an operation that it does not know. */
function unknownOperation(): Response {
  const message = "The server did not understand the operation that was requested.";
  return Response.json({ code: "BadRequest", message, type: "client" }, { status: 400 });
}
