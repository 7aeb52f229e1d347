/** A workspace of its own for a test file, with connections and clients as the test needs them. */
import type { JWK } from "jose";
import * as oauth from "oauth4webapi";
import { must } from "./api.ts";
import { ORIGIN } from "./bindings.ts";
import { relyingParty, type RelyingParty } from "./client.ts";
import type { Fault } from "./upstream/faults.ts";

export interface World {
  readonly id: string;
  readonly issuer: string;
  /** Records by the API: `world.put("scopes/orders", { … })`. */
  put(record: string, body: object): Promise<Record<string, unknown>>;
  patch(record: string, body: object): Promise<Record<string, unknown>>;
  remove(record: string): Promise<void>;
  settings(patch: object): Promise<void>;
  /** @returns the id of its pool, by which the upstream notes what it was asked */
  connection(id: string, how?: Connecting): Promise<string>;
  /** To a generic OpenID Provider. @returns its name, by which it notes what it was asked */
  oidc(id: string, how?: Openly): Promise<string>;
  client(id: string, how?: Registering): Promise<RelyingParty>;
}

interface Connecting {
  readonly faults?: readonly Fault[];
  /** A word of `upstream/discovery.ts`. */
  readonly pool?: string;
  readonly settings?: object;
  readonly [member: string]: unknown;
}

interface Openly {
  readonly faults?: readonly Fault[];
  readonly settings?: object;
  /** Words of `upstream/op/provider.ts`, for example `par-iss`. */
  readonly provider?: string;
  /** What the client is called by how it authenticates (`upstream/op/client.ts`). */
  readonly as?: "app" | "post" | "public";
  readonly [member: string]: unknown;
}

interface Registering {
  readonly via?: RelyingParty["via"];
  readonly key?: CryptoKey;
  readonly jwks?: { readonly keys: readonly JWK[] };
  readonly [member: string]: unknown;
}

/** A redirect URI of an app that does not exist: browsers stop there. */
export const APP = "https://app.example.com/cb";
export const SECRET = "a-client-secret-of-32-characters-or-more";

/** What a generic provider knows us by: characters that have to be encoded in a Basic header. */
export const UPSTREAM_SECRET = "a secret: with (reserved) characters/& umläut";

let made = 0;

/** @param settings of the workspace */
export async function makeWorld(settings: object = {}): Promise<World> {
  const id = `w${(made++).toString(36)}-${random()}`;
  const path = `workspaces/${id}`;
  const write = (method: string) => (record: string, body: object) => must(method, `${path}/${record}`, body);
  const put = write("PUT");
  await must("PUT", path, { name: "Test", ...settings });
  const issuer = `${ORIGIN}/${id}`;

  return {
    id,
    issuer,
    put,
    patch: write("PATCH"),
    async remove(record) {
      await must("DELETE", `${path}/${record}`);
    },
    async settings(patch) {
      await must("PATCH", path, patch);
    },

    async connection(name, { faults = [], pool = "", settings: changed = {}, ...rest } = {}) {
      const pool_id = `eu-central-1_${pool}0${random()}`;
      const client_id = ["app", ...faults].join(".");
      await put(`connections/${name}`, {
        name: `Connection ${name}`,
        method: "cognito",
        settings: { pool_id, region: "eu-central-1", client_id, ...changed },
        credentials: { client_secret: "an-upstream-secret" },
        ...rest,
      });
      return pool_id;
    },

    async oidc(name, { faults = [], provider = "", as = "app", settings: changed = {}, ...rest } = {}) {
      const host = [provider, `0${random()}`].filter(Boolean).join("-");
      await put(`connections/${name}`, {
        name: `Connection ${name}`,
        method: "oidc",
        settings: {
          issuer_url: `https://${host}.op.example.com`,
          client_id: [as, ...faults].join("."),
          ...changed,
        },
        credentials: { client_secret: UPSTREAM_SECRET },
        ...rest,
      });
      return host;
    },

    async client(client_id, { via, key, ...registered } = {}) {
      const metadata: Record<string, unknown> = {
        client_name: `Client ${client_id}`,
        redirect_uris: [APP],
        grant_types: ["authorization_code", "refresh_token"],
        scope: "openid profile email offline_access",
        token_endpoint_auth_method: "client_secret_basic",
        trusted: true,
        ...registered,
      };
      const method = String(metadata["token_endpoint_auth_method"]);
      const secret = method.startsWith("client_secret") ? { client_secret: SECRET } : {};
      await put(`clients/${client_id}`, { ...metadata, ...secret });
      const [redirect_uri = APP] = metadata["redirect_uris"] as string[];
      const alg = metadata["id_token_signed_response_alg"];
      const client: oauth.Client = {
        client_id,
        ...(typeof alg === "string" && { id_token_signed_response_alg: alg }),
      };
      return relyingParty(issuer, client, authentication(method, key), redirect_uri, via);
    },
  };
}

function authentication(method: string, key: CryptoKey | undefined): oauth.ClientAuth {
  switch (method) {
    case "client_secret_basic":
      return oauth.ClientSecretBasic(SECRET);
    case "client_secret_post":
      return oauth.ClientSecretPost(SECRET);
    case "private_key_jwt":
      if (!key) throw new Error("private_key_jwt needs a key");
      return oauth.PrivateKeyJwt(key);
    default:
      return oauth.None();
  }
}

/** Ten characters of a-z and 0-9. */
export function random(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => (byte % 36).toString(36)).join("");
}
