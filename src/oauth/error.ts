/** Every error that a caller sees: one class, one table of codes. Descriptions hold no values from the request. */

/**
 * Codes by specification, with the HTTP status where they are answered as JSON. The table doubles as a map of what
 * is implemented.
 */
const STATUS = {
  // RFC 6749 §4.1.2.1 and §5.2
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  unsupported_response_type: 400,
  invalid_scope: 400,
  access_denied: 403,
  server_error: 500,
  temporarily_unavailable: 503,
  // OpenID Connect Core §3.1.2.6
  login_required: 400,
  consent_required: 400,
  request_not_supported: 400,
  request_uri_not_supported: 400,
  registration_not_supported: 400,
  // OpenID Connect Core Error Code unmet_authentication_requirements 1.0
  unmet_authentication_requirements: 400,
  // RFC 8707 §2
  invalid_target: 400,
  // RFC 6750 §3.1
  invalid_token: 401,
  insufficient_scope: 403,
} as const;
export type ErrorCode = keyof typeof STATUS;

interface Options extends ErrorOptions {
  readonly reason?: string;
  readonly scope?: string;
}

export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly code: ErrorCode;
  /** For the audit event: why exactly. Never shown. */
  readonly reason: string;
  /** RFC 6750 §3: what the access token would need. */
  readonly scope: string | undefined;

  /** @param description one sentence in lower case without a full stop and without values from the request */
  constructor(code: ErrorCode, description: string, options: Options = {}) {
    super(description, options);
    this.code = code;
    this.reason = options.reason ?? description;
    this.scope = options.scope;
  }

  get status(): (typeof STATUS)[ErrorCode] {
    return STATUS[this.code];
  }

  toJSON(): { error: ErrorCode; error_description: string } {
    return { error: this.code, error_description: this.message };
  }
}
