/** The issuer of a workspace: a domain of its own, or a path of the deployment's. From configuration, never from a header. */
export function issuerOf(origin: string, workspace: string, own: string | undefined): string {
  return own ?? `${origin}/${workspace}`;
}
