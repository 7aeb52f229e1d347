/** What a provider proved, in the words of the flow. */
import type { JWTPayload } from "jose";
import * as oauth from "oauth4webapi";
import type { JsonObject, UpstreamIdentity } from "../flow.ts";
import type { Registration } from "./code-flow.ts";
import type { Tools } from "./connector.ts";
import { judged } from "./judged.ts";
import { reach } from "./metadata.ts";

interface Sources {
  readonly id_token: JWTPayload & { readonly sub: string };
  readonly access_token?: object;
  readonly userinfo?: object;
}

export function identityOf(issuer: string, { id_token, access_token, userinfo }: Sources): UpstreamIdentity {
  const { sub, auth_time, amr, acr } = id_token;
  return {
    issuer,
    subject: sub,
    ...(typeof auth_time === "number" && { auth_time }),
    ...(isStrings(amr) && { amr }),
    ...(typeof acr === "string" && { acr }),
    sources: {
      id_token: id_token as JsonObject & { sub: string },
      ...(access_token && { access_token: access_token as JsonObject }),
      ...(userinfo && { userinfo: userinfo as JsonObject }),
    },
  };
}

/** OpenID Connect Core §5.3.4: the `sub` must be the ID token's, or the answer must not be used. */
export async function userInfo(
  { server, client_id }: Pick<Registration, "server" | "client_id">,
  tools: Pick<Tools, "fetch">,
  token: string,
  subject: string,
): Promise<object> {
  const client: oauth.Client = { client_id };
  const response = await reach(() =>
    oauth.userInfoRequest(server, client, token, { [oauth.customFetch]: tools.fetch }),
  );
  return judged(() => oauth.processUserInfoResponse(server, client, subject, response), "the access token");
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
