/** A generic OpenID Provider that judges its clients, or misbehaves as told. */
import { note } from "../record.ts";
import { authorize, par } from "./authorize.ts";
import { putKey } from "./client.ts";
import { discovery, jwks } from "./discovery.ts";
import type { Provider } from "./provider.ts";
import { token, userInfo } from "./token.ts";

type Endpoint = (request: Request, provider: Provider) => Response | Promise<Response>;

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  "/keys": (_, provider) => jwks(provider),
  "/authorize": authorize,
  "/par": par,
  "/token": token,
  "/userinfo": userInfo,
  "/client-keys": putKey,
};

export async function openidProvider(request: Request, url: URL, provider: Provider): Promise<Response> {
  await note(provider.name, request);
  if (url.pathname.endsWith("/.well-known/openid-configuration")) return discovery(provider);
  return (
    ENDPOINTS[url.pathname]?.(request, provider) ?? new Response("there is nothing here", { status: 404 })
  );
}
