/** An error that a person sees as a page: before a client and its redirect URI are proven (design §5.4). */
import type { RefusedEvent } from "../broker.ts";
import type { OAuthError } from "../oauth/error.ts";
import type { ErrorKind } from "../ui/text/en.ts";

type Status = 400 | 403 | 404 | 429 | 500 | 503;

interface Options extends ErrorOptions {
  readonly reason?: string;
  readonly about?: PageFault["about"];
}

export class PageFault extends Error {
  override readonly name = "PageFault";
  readonly kind: ErrorKind;
  readonly status: Status;
  readonly reason: string;
  /** Whose provider it was about. */
  readonly about: Pick<RefusedEvent, "connection" | "upstream">;

  /** @param description for the people who help; holds no value from the request */
  constructor(kind: ErrorKind, description: string, options: Options = {}) {
    super(description, options);
    this.kind = kind;
    this.status = STATUS[kind] ?? 400;
    this.reason = options.reason ?? description;
    this.about = options.about ?? {};
  }

  static of(error: OAuthError, kind: ErrorKind = "bad_request"): PageFault {
    return new PageFault(kind, error.message, { cause: error, reason: error.reason });
  }
}

/** Of the kinds that are not simply 400. */
const STATUS: Partial<Record<ErrorKind, Status>> = {
  connection_off: 403,
  cross_site: 403,
  signed_out: 403,
  not_found: 404,
  too_many: 429,
  server_error: 500,
  unavailable: 503,
};
