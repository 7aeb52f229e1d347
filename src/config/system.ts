/** What the workspace `system` is made with: the admin API, and the scopes that open it. */
import type { Api } from "./api.ts";
import { API_AREAS, API_SCOPES, type ApiArea } from "./api-scopes.ts";

export function adminScopes(): { readonly name: string; readonly display_name: string }[] {
  return API_SCOPES.map((name) => {
    const [area = "", verb = ""] = name.split(":");
    return { name, display_name: `${API_AREAS[area as ApiArea]}: ${verb}` };
  });
}

/** @param identifier its URL, which `resource` and `aud` name */
export function adminApi(identifier: string): Pick<Api, "id" | "identifier" | "name" | "scopes"> {
  return { id: "admin", identifier, name: "Admin API", scopes: [...API_SCOPES] };
}

/** The console as a client of `system`: by it people sign in as operators. */
export const CONSOLE_CLIENT = "console";

/** @param admin origin of the console. Public: its code is redeemed in process, and PKCE binds it to the browser. */
export function consoleClient(admin: string) {
  return {
    client_id: CONSOLE_CLIENT,
    client_name: "Console",
    token_endpoint_auth_method: "none",
    redirect_uris: [`${admin}/admin/callback`],
    grant_types: ["authorization_code", "refresh_token"],
    scope: ["openid", "offline_access", ...API_SCOPES],
    trusted: true,
  } as const;
}
