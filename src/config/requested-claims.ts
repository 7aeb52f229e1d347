/** What is kept of the `claims` parameter (OpenID Connect Core §5.5): claims that this workspace has. */

/** Values that would do, each as JSON text; absent where any will. */
export interface Requested {
  readonly values?: readonly string[];
}

export interface RequestedClaims {
  readonly userinfo: Readonly<Record<string, Requested>>;
  readonly id_token: Readonly<Record<string, Requested>>;
  /** Scopes that nothing but these names asked for: they release no other claim. */
  readonly implied: readonly string[];
}
