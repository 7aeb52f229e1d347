/** Claims that the protocol sets. No mapping, claim, script or app can name them; they are set last. */
export const RESERVED_CLAIMS: ReadonlySet<string> = new Set(
  (
    "iss sub aud exp nbf iat jti nonce auth_time acr amr azp sid at_hash c_hash cnf act may_act " +
    "client_id scope scp typ token_use events idp idp_sub idp_method"
  ).split(" "),
);
