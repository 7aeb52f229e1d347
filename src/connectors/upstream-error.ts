/** Why a provider's answer was not accepted. The person sees one sentence; the audit event has the reason. */
export type UpstreamReason =
  /** The provider said no, in its own words. */
  | "denied"
  | "refused"
  /** It says that it cannot right now. */
  | "unavailable"
  /** The person is proven, and is not one of those whom the operator lets in. */
  | "outsider"
  /** The person is to prove anew who they are, and the provider has no way to ask them. */
  | "anew"
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
  | "subject"
  /** Of SAML: XML that is not shown to a parser, who it was sent to, what it answers, and that it comes once. */
  | "document"
  | "encryption"
  | "recipient"
  | "destination"
  | "request"
  | "context"
  | "replay";

interface UpstreamErrorOptions extends ErrorOptions {
  readonly connection?: string;
  readonly error?: string;
}

export class UpstreamError extends Error {
  readonly reason: UpstreamReason;
  /** Whose provider it was, where the step that failed does not say so by itself. */
  readonly connection: string | undefined;
  /** What the provider calls it, in a word of the protocol. */
  readonly error: string | undefined;
  constructor(reason: UpstreamReason, message: string, options: UpstreamErrorOptions = {}) {
    super(message, options);
    this.name = "UpstreamError";
    this.reason = reason;
    this.connection = options.connection;
    this.error = options.error;
  }

  /** A new one: a failure that is remembered may be told of several connections with one provider. */
  of(connection: string): UpstreamError {
    const { cause, error } = this;
    return new UpstreamError(this.reason, this.message, {
      cause,
      connection,
      ...(error !== undefined && { error }),
    });
  }
}
