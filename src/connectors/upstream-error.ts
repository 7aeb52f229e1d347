/** Why a provider's answer was not accepted. The person sees one sentence; the audit event has the reason. */
export type UpstreamReason =
  /** The provider said no, in its own words. */
  | "denied"
  | "refused"
  /** It says that it cannot right now. */
  | "unavailable"
  /** Nothing usable came back. */
  | "unreachable"
  | "malformed"
  /** An answer came that must not be believed. */
  | "state"
  | "issuer"
  | "audience"
  | "nonce"
  | "expired"
  | "signature"
  | "token"
  | "subject";

export class UpstreamError extends Error {
  readonly reason: UpstreamReason;
  constructor(reason: UpstreamReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UpstreamError";
    this.reason = reason;
  }
}
