/** What a connection check says: one finding for each thing that was looked at. */

export interface Finding {
  readonly of:
    | "discovery"
    | "sign_in_page"
    | "client_id"
    | "redirect_url"
    | "client_secret"
    | "scopes"
    | "certificates"
    | "clock";
  readonly is: "good" | "bad" | "unknown";
  readonly certainty: "certain" | "likely";
  readonly fault?: Fault;
  /** One sentence. */
  readonly says: string;
  /** What would look the same from here. */
  readonly or?: string;
  /** What to do about it, and where. */
  readonly remedy?: string;
}

export type Fault =
  | "region_unknown"
  | "pool_unknown"
  | "discovery_unreachable"
  | "discovery_unusable"
  | "no_domain"
  | "sign_in_page_unreachable"
  | "client_unknown"
  | "flow_not_allowed"
  | "redirect_url_not_registered"
  | "secret_wrong"
  | "scope_not_allowed"
  | "certificate_over"
  | "clock_skew";

type Of = Finding["of"];
type More = Pick<Finding, "or" | "remedy">;

export const good = (of: Of, says: string, certainty: Finding["certainty"] = "certain"): Finding => ({
  of,
  is: "good",
  certainty,
  says,
});

export const bad = (of: Of, fault: Fault, says: string, remedy: string): Finding => ({
  of,
  is: "bad",
  certainty: "certain",
  fault,
  says,
  remedy,
});

/** @param or what would look the same from here */
export const likely = (of: Of, fault: Fault, says: string, or: string, remedy: string): Finding => ({
  ...bad(of, fault, says, remedy),
  certainty: "likely",
  or,
});

export const unknown = (of: Of, says: string, more: More = {}): Finding => ({
  of,
  is: "unknown",
  certainty: "certain",
  says,
  ...more,
});
