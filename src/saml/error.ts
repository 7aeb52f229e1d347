/** Why a message of a provider was not accepted. */
export type SamlReason =
  /** The provider said no, in its own words. */
  | "denied"
  | "refused"
  /** Not a document that we would show to a parser, or not the one that was expected. */
  | "document"
  | "encryption"
  | "signature"
  | "issuer"
  | "audience"
  | "recipient"
  | "destination"
  /** An answer to nothing that this browser asked. */
  | "request"
  | "expired"
  | "subject"
  | "context";

export class SamlError extends Error {
  override readonly name = "SamlError";
  readonly reason: SamlReason;
  /** @param message holds no value of the document */
  constructor(reason: SamlReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
