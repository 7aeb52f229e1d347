/** RFC 6749 §4.1.3 and RFC 7636 §4.6: does what the client presents fit what the code was issued for? */

interface Issued {
  readonly client_id: string;
  readonly redirect_uri: string;
  readonly code_challenge?: string;
}

/** A `code_challenge` here is made of the presented verifier. */
export type Presented = Issued;

export type CodeMismatch =
  | "client"
  | "redirect_uri"
  | "code_verifier_missing"
  | "code_verifier_unexpected"
  | "code_verifier";

/** Run only after the code was taken: a wrong guess costs the code. */
export function judgeCode(issued: Issued, presented: Presented): CodeMismatch | undefined {
  if (issued.client_id !== presented.client_id) return "client";
  if (issued.redirect_uri !== presented.redirect_uri) return "redirect_uri";
  if (issued.code_challenge === presented.code_challenge) return undefined;
  if (presented.code_challenge === undefined) return "code_verifier_missing";
  // RFC 9700 §2.1.1: a verifier without a challenge is a downgrade, not a formality.
  return issued.code_challenge === undefined ? "code_verifier_unexpected" : "code_verifier";
}
