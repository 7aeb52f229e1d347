/** RFC 6749 §3.1.2.3 and RFC 9700 §2.1: redirect URIs are compared as strings. */

/**
 * Exact match with a registered one; RFC 8252 §7.3: any port on a loopback address.
 * `localhost` is a name that something else may answer (§8.3), so its port counts.
 */
export function isRegistered(redirectUri: string, registered: readonly string[]): boolean {
  if (registered.includes(redirectUri)) return true;
  const portless = withoutLoopbackPort(redirectUri);
  return (
    portless !== undefined && registered.some((candidate) => withoutLoopbackPort(candidate) === portless)
  );
}

/** `http://127.0.0.1:1234/cb?x` → `http://127.0.0.1/cb?x`; undefined for anything that is not http on a loopback address. */
function withoutLoopbackPort(uri: string): string | undefined {
  const [, host, rest] = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?([/?].*)?$/.exec(uri) ?? [];
  return host && URL.canParse(uri) ? `http://${host}${rest ?? ""}` : undefined;
}
