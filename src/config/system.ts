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
