import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import type { Started } from "./index.ts";

/** oidc-provider on Node, for the token endpoint: client credentials, a JWT access token signed with RS256. */
export async function oidcProvider(): Promise<Started> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const op = new Provider("http://localhost", {
    clients: [
      {
        client_id: "app",
        client_secret: "s".repeat(43),
        redirect_uris: [],
        response_types: [],
        grant_types: ["client_credentials"],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => "urn:bench",
        getResourceServerInfo: () => ({
          scope: "read",
          accessTokenFormat: "jwt" as const,
          jwt: { sign: { alg: "RS256" as const } },
        }),
      },
    },
  });
  const handle = op.callback();
  const server = createServer(
    { keepAliveTimeout: 600_000 },
    (request, response) => void handle(request, response),
  );
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
  return {
    origin: `http://localhost:${port}`,
    pid: process.pid,
    stop: async () => void server.close(),
  };
}
