/** What a proven assertion says, and whether it says it to us, now and about this request (SAML Profiles §4.1.4.3). */
import { SamlError } from "./error.ts";
import { BEARER, NAME_ID_FORMATS, NS } from "./names.ts";
import { time } from "./time.ts";
import { attribute, children, type Element, elements, isText, only, optional, text } from "./tree.ts";

/** What only we know, and an assertion must fit. */
export interface Expectation {
  /** Our entity id. */
  readonly audience: string;
  /** Our Assertion Consumer Service. */
  readonly recipient: string;
  /** The provider's entity id. */
  readonly issuer: string;
  /** The ID of the request that this browser carries; null for what nobody asked for, which must not answer anything. */
  readonly request: string | null;
  /** Authentication contexts of which one must be it; empty for any. */
  readonly contexts: readonly string[];
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds that two clocks may differ. */
  readonly skew: number;
}

export interface NameId {
  readonly value: string;
  /** A URN. */
  readonly format: string;
  readonly name_qualifier?: string;
  readonly sp_name_qualifier?: string;
}

export interface Assertion {
  readonly id: string;
  /** Seconds since 1970. Until then it must not be taken a second time. */
  readonly valid_until: number;
  readonly issuer: string;
  readonly name_id?: NameId;
  /** Encrypted alone, and not read: a provider that keeps it from the browser can encrypt the whole assertion. */
  readonly unread: { readonly name: boolean; readonly attributes: boolean };
  readonly auth_time: number;
  readonly session_index?: string;
  readonly context?: string;
  /** By Name, and by FriendlyName where that is no other attribute's Name. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** @param assertion an element that a signature of the provider covers @throws SamlError */
export function judge(assertion: Element, expected: Expectation): Assertion {
  checkVersion(assertion);
  checkIssuer(only(assertion, NS.assertion, "Issuer"), expected);
  const subject = only(assertion, NS.assertion, "Subject");
  const confirmed_until = checkConfirmation(subject, expected);
  const until = checkConditions(only(assertion, NS.assertion, "Conditions"), expected);
  const authenticated = only(assertion, NS.assertion, "AuthnStatement");
  const session_index = attribute(authenticated, "SessionIndex");
  const context = checkContext(authenticated, expected);
  const name = optional(subject, NS.assertion, "NameID");
  return {
    id: attribute(assertion, "ID") ?? "",
    valid_until: Math.max(confirmed_until, until ?? 0) + expected.skew,
    issuer: expected.issuer,
    ...(name && { name_id: nameId(name) }),
    unread: {
      name: children(subject, NS.assertion, "EncryptedID").length > 0,
      attributes: inStatements(assertion, "EncryptedAttribute").length > 0,
    },
    auth_time: checkAuthnInstant(authenticated, expected),
    ...(session_index !== undefined && { session_index }),
    ...(context !== undefined && { context }),
    attributes: readAttributes(assertion),
  };
}

/** SAML Core §4.1.3.1: another version may mean something else by the same words. Also of messages. @throws SamlError `document` */
export function checkVersion(of: Element): void {
  if (attribute(of, "Version") !== "2.0") throw new SamlError("document", "the version is not SAML 2.0");
}

/** SAML Core §2.2.5, §8.3.6. Also of the response and of answers to a logout. @throws SamlError `issuer` */
export function checkIssuer(issuer: Element, expected: Pick<Expectation, "issuer">): void {
  if (text(issuer).trim() !== expected.issuer)
    throw new SamlError("issuer", "another provider issued it than the connection's");
}

/**
 * One bearer confirmation that holds is enough; of several that do not, the first says why.
 * @returns until when any of them could: one that holds later must not bring the assertion a second time
 */
function checkConfirmation(subject: Element, expected: Expectation): number {
  const faults: unknown[] = [];
  const ends: number[] = [];
  let holds = false;
  for (const confirmation of children(subject, NS.assertion, "SubjectConfirmation")) {
    if (attribute(confirmation, "Method") !== BEARER) continue;
    try {
      const data = only(confirmation, NS.assertion, "SubjectConfirmationData");
      ends.push(time(data, "NotOnOrAfter") ?? 0);
      checkConfirmed(data, expected);
      holds = true;
    } catch (error) {
      faults.push(error);
    }
  }
  if (!holds) throw faults[0] ?? new SamlError("recipient", "the assertion is not for who brings it");
  return Math.max(...ends);
}

function checkConfirmed(data: Element, { recipient, request, now, skew }: Expectation): void {
  if (attribute(data, "Recipient") !== recipient)
    throw new SamlError("recipient", "the assertion is for another recipient");
  if ((attribute(data, "InResponseTo") ?? null) !== request)
    throw new SamlError("request", "the assertion answers another request than this browser's");
  const until = time(data, "NotOnOrAfter");
  if (until === undefined || until + skew <= now)
    throw new SamlError("expired", "the confirmation of the subject is too old or has no end");
  const from = time(data, "NotBefore");
  if (from !== undefined && from - skew > now)
    throw new SamlError("expired", "the confirmation of the subject is not valid yet");
}

function checkConditions(conditions: Element, { audience, now, skew }: Expectation): number | undefined {
  const from = time(conditions, "NotBefore");
  const until = time(conditions, "NotOnOrAfter");
  if (from !== undefined && from - skew > now)
    throw new SamlError("expired", "the assertion is not valid yet");
  if (until !== undefined && until + skew <= now) throw new SamlError("expired", "the assertion is too old");
  const audiences = children(conditions, NS.assertion, "AudienceRestriction");
  // SAML Core §2.5.1.4: each restriction must name us.
  const named = audiences.every((restriction) =>
    children(restriction, NS.assertion, "Audience").some((one) => text(one).trim() === audience),
  );
  if (audiences.length === 0 || !named)
    throw new SamlError("audience", "the assertion is for another service provider");
  // §2.5.1.1: a condition that is not understood makes an assertion neither valid nor invalid, so it is not used.
  // `ProxyRestriction` is understood and cannot be kept: a broker passes on what it is told.
  const known = audiences.length + children(conditions, NS.assertion, "OneTimeUse").length;
  if (elements(conditions).length !== known)
    throw new SamlError("document", "the assertion has a condition that cannot be kept");
  return until;
}

function checkAuthnInstant(statement: Element, { now, skew }: Expectation): number {
  const at = time(statement, "AuthnInstant");
  if (at === undefined) throw new SamlError("document", "AuthnInstant is missing");
  if (at - skew > now) throw new SamlError("expired", "the person will only be authenticated in the future");
  const ends = time(statement, "SessionNotOnOrAfter");
  if (ends !== undefined && ends + skew <= now)
    throw new SamlError("expired", "the session at the provider is over");
  return at;
}

function checkContext(statement: Element, { contexts }: Expectation): string | undefined {
  const context = optional(statement, NS.assertion, "AuthnContext");
  const named = context && optional(context, NS.assertion, "AuthnContextClassRef");
  const reference = named && text(named).trim();
  // A provider that does less than it was asked for must say so, and some do not (SAML Core §3.3.2.2.1).
  if (contexts.length > 0 && (reference === undefined || !contexts.includes(reference)))
    throw new SamlError("context", "the person was authenticated in another way than was asked for");
  return reference;
}

function nameId(name: Element): NameId {
  const name_qualifier = attribute(name, "NameQualifier");
  const sp_name_qualifier = attribute(name, "SPNameQualifier");
  return {
    value: text(name).trim(),
    format: attribute(name, "Format") ?? NAME_ID_FORMATS.unspecified,
    ...(name_qualifier !== undefined && { name_qualifier }),
    ...(sp_name_qualifier !== undefined && { sp_name_qualifier }),
  };
}

function inStatements(assertion: Element, name: string): Element[] {
  return children(assertion, NS.assertion, "AttributeStatement").flatMap((statement) =>
    children(statement, NS.assertion, name),
  );
}

function readAttributes(assertion: Element): Record<string, readonly string[]> {
  const found = inStatements(assertion, "Attribute");
  const read: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const kind of ["Name", "FriendlyName"] as const) {
    const taken = new Set(Object.keys(read));
    for (const one of found) {
      const name = attribute(one, kind);
      if (name === undefined || (kind === "FriendlyName" && taken.has(name))) continue;
      (read[name] ??= []).push(...values(one));
    }
  }
  return read;
}

const XSI = "http://www.w3.org/2001/XMLSchema-instance";

/** Values that hold elements, as `eduPersonTargetedID` does with its NameID, count with the text of a NameID only. */
function values(attributeOf: Element): string[] {
  return children(attributeOf, NS.assertion, "AttributeValue").flatMap((value) => {
    if (isText(value)) return isNil(value) ? [] : [text(value)];
    return children(value, NS.assertion, "NameID").map(text);
  });
}

function isNil(value: Element): boolean {
  return ["true", "1"].includes(value.getAttributeNS(XSI, "nil") ?? "");
}
