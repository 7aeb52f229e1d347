/** Scopes of the admin API: an area, and whether it may be changed. Writing includes reading. */
export const API_AREAS = {
  workspaces: "Workspaces and their settings, scopes, APIs, claims",
  clients: "Apps",
  connections: "Identity providers",
  scripts: "Scripts, their secrets, and applications after authentication",
  keys: "Signing keys",
  subjects: "People with their consents, sessions and grants",
  audit: "Audit events",
  operators: "Who may use this API",
} as const;
export type ApiArea = keyof typeof API_AREAS;
export type ApiScope = `${ApiArea}:${"read" | "write"}`;

export const API_SCOPES = (Object.keys(API_AREAS) as ApiArea[]).flatMap((area) => [
  `${area}:read` as const,
  `${area}:write` as const,
]);

/** Whether these scopes say this one, or writing where this one is reading. */
export function covers(scopes: readonly string[], scope: ApiScope): boolean {
  return scopes.includes(scope) || scopes.includes(scope.replace(/:read$/, ":write"));
}

/** Whether these scopes allow it. */
export function allows(scopes: readonly string[], area: ApiArea, verb: "read" | "write"): boolean {
  return covers(scopes, `${area}:${verb}`);
}
