/**
 * What is refused before a parser or a signature library sees a document: everything that two readers of XML could read
 * differently, and everything that grows. It knows nothing of SAML but that a message carries one assertion.
 */
import { SamlError } from "./error.ts";

export interface Bounds {
  /** Characters. */
  readonly longest: number;
  /** Elements within each other. */
  readonly deepest: number;
  /** Elements and attributes. */
  readonly most: number;
}

export const MESSAGE: Bounds = { longest: 64_000, deepest: 24, most: 4_000 };
/** Microsoft's list every claim that they know. */
export const METADATA: Bounds = { longest: 250_000, deepest: 24, most: 20_000 };

const DECLARATION =
  /^\uFEFF?<\?xml\s+version="1\.0"(?:\s+encoding="utf-8")?(?:\s+standalone="(?:yes|no)")?\s*\?>/i;
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const REFERENCE = /&(?:(?:amp|lt|gt|quot|apos);|#(\d{1,7});|#x([0-9A-Fa-f]{1,6});)?/g;
const NAME = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`;
const VALUE = String.raw`"[^"<]*"|'[^'<]*'`;
const TAG = new RegExp(String.raw`<(/?)(${NAME})((?:\s+${NAME}\s*=\s*(?:${VALUE}))*)\s*(/?)>`, "y");
const ATTRIBUTES = new RegExp(String.raw`\s+(${NAME})\s*=\s*(${VALUE})`, "g");

/**
 * @returns the document without its declaration
 * @throws SamlError `document`
 */
export function guard(document: string, bounds: Bounds): string {
  if (document.length > bounds.longest)
    throw refused(`the document has more than ${bounds.longest} characters`);
  const text = document.replace(DECLARATION, "").trim();
  // Also inside of values, where a reader that stops at a comment or an instruction sees less than was signed
  // (CVE-2017-11427 and its many relatives). With these gone there is no DTD, no entity and no CDATA either.
  if (text.includes("<!")) throw refused("the document has a comment, a DTD or a CDATA section");
  if (text.includes("<?")) throw refused("the document has a processing instruction");
  if (FORBIDDEN.test(text)) throw refused("the document has a character that is not XML");
  checkReferences(text);
  checkElements(text, bounds);
  return text;
}

/** Metadata is published by people, who write comments; none of them is inside of a value. @throws SamlError `document` */
export function withoutComments(document: string): string {
  return document.replaceAll(/(^|>)\s*(?:<!--(?:(?!--)[^])*-->\s*)+(?=<)/g, "$1");
}

function checkReferences(text: string): void {
  for (const [whole, decimal, hex] of text.matchAll(REFERENCE)) {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (whole === "&") throw refused("the document has an entity of its own");
    if (code === undefined) continue;
    if (code > 0x10_ff_ff || FORBIDDEN.test(String.fromCodePoint(code)))
      throw refused("the document has a character that is not XML");
  }
}

function checkElements(text: string, { deepest, most }: Bounds): void {
  const open: string[] = [];
  const ids = new Set<string>();
  let [at, found, assertions] = [0, 0, 0];
  while (at < text.length) {
    TAG.lastIndex = at;
    const tag = TAG.exec(text);
    if (!tag) throw refused("the document is not well-formed");
    const [whole, closing, name = "", attributes = "", empty] = tag;
    if (closing) {
      if (attributes || empty || open.pop() !== name) throw refused("the document is not well-formed");
    } else {
      found += 1 + checkAttributes(attributes, ids);
      if (/(?:^|:)(?:Encrypted)?Assertion$/.test(name) && ++assertions > 1)
        throw refused("the document has more than one assertion");
      if (!empty) open.push(name);
      if (open.length > deepest) throw refused(`elements are nested more than ${deepest} deep`);
      if (found > most) throw refused(`the document has more than ${most} elements and attributes`);
    }
    at += whole.length;
    // After the last element nothing may follow, and nothing stands outside of one.
    const next = open.length > 0 ? text.indexOf("<", at) : at;
    if (next < 0 || (open.length === 0 && at < text.length)) throw refused("the document is not well-formed");
    at = next;
  }
  if (found === 0) throw refused("the document is not well-formed");
}

function checkAttributes(attributes: string, ids: Set<string>): number {
  const names = new Set<string>();
  for (const [, name = "", quoted = ""] of attributes.matchAll(ATTRIBUTES)) {
    if (names.has(name)) throw refused("an element has an attribute twice");
    names.add(name);
    if (!/(?:^|:)id$/i.test(name)) continue;
    const id = quoted.slice(1, -1);
    // An ID is an NCName: whatever would have to be decoded first is none.
    if (!/^[A-Za-z_][\w.-]*$/.test(id)) throw refused("an ID is not a name");
    if (ids.has(id)) throw refused("two elements have the same ID");
    ids.add(id);
  }
  return names.size;
}

function refused(message: string): SamlError {
  return new SamlError("document", message);
}
