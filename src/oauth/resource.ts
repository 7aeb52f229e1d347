/** RFC 8707 — resource indicators. */
import { OAuthError } from "./error.ts";

/** @param known identifiers of the workspace's APIs @throws OAuthError `invalid_target` */
export function requestedResources(params: URLSearchParams, known: readonly string[]): string[] {
  const asked = [...new Set(params.getAll("resource"))];
  if (!asked.every((resource) => known.includes(resource)))
    throw new OAuthError("invalid_target", "resource is not an API of this workspace");
  return asked;
}

/** At the token endpoint: a part of what was authorized; all of it by default (§2.2). */
export function narrowedResources(params: URLSearchParams, authorized: readonly string[]): string[] {
  const asked = [...new Set(params.getAll("resource"))];
  if (asked.length === 0) return [...authorized];
  if (!asked.every((resource) => authorized.includes(resource)))
    throw new OAuthError("invalid_target", "resource was not authorized");
  return asked;
}
