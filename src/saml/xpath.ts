/**
 * Stands for the package `xpath`, by which xml-crypto finds the parts of a signature (wrangler.toml, `alias`). It asks for few
 * things, of documents that strangers write. An engine for every expression takes half of what an assertion costs, and the URI
 * of a reference becomes a part of its program; here it is a text that is compared. What is asked in other words is refused,
 * and the signature with it.
 */
import type { Element, Node } from "@xmldom/xmldom";

const [ELEMENT, TEXT, CDATA, COMMENT] = [1, 3, 4, 8];

/** `.//*[local-name(.)='KeyInfo']`; with a namespace; from the root; of children only; and on to an attribute or to text. */
const NAMED =
  /^(?<from>\.?)(?<axis>\/\/?)\*(?:\[local-name\(\.?\)='(?<name>[\w.-]+)'(?: and namespace-uri\(\.\)='(?<namespace>[^']*)')?\])?(?:\/(?:@(?<attribute>\w+)|(?<text>text\(\))))?$/;
const IDENTIFIED = /^\/\/\*\[@\*\[local-name\(\.\)='(?<attribute>\w+)'\]='(?<value>[^']*)'\]$/;
const COMMENTS = ".//comment()";

/** @returns in the order of the document @throws TypeError where the expression is none of xml-crypto's */
export function select(expression: string, at: Node): Node[] {
  if (expression === COMMENTS) return below(at).filter(({ nodeType }) => nodeType === COMMENT);
  const identified = IDENTIFIED.exec(expression)?.groups;
  if (identified) return elements(below(at.ownerDocument ?? at)).filter((one) => has(one, identified));
  const named = NAMED.exec(expression)?.groups;
  if (!named) throw new TypeError(`not an expression that is searched for: ${expression.slice(0, 100)}`);
  const { from, axis, name, namespace, attribute, text } = named;
  const start = from ? at : (at.ownerDocument ?? at);
  const found = elements(axis === "//" ? below(start) : Array.from(start.childNodes)).filter(
    ({ localName, namespaceURI }) =>
      (name === undefined || name === localName) &&
      (namespace === undefined || namespace === (namespaceURI ?? "")),
  );
  if (attribute !== undefined) return found.flatMap((one) => one.getAttributeNode(attribute) ?? []);
  return text === undefined
    ? found
    : found.flatMap(({ childNodes }) => Array.from(childNodes).filter(isText));
}

export { select as selectWithResolver };

export function select1(expression: string, at: Node): Node | undefined {
  return select(expression, at)[0];
}

function below(node: Node, found: Node[] = []): Node[] {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    found.push(child);
    below(child, found);
  }
  return found;
}

function elements(nodes: readonly Node[]): Element[] {
  return nodes.filter((node): node is Element => node.nodeType === ELEMENT);
}

function has({ attributes }: Element, wanted: Readonly<Record<string, string | undefined>>): boolean {
  return Array.from(attributes).some(
    ({ localName, value }) => localName === wanted.attribute && value === wanted.value,
  );
}

function isText({ nodeType }: Node): boolean {
  return nodeType === TEXT || nodeType === CDATA;
}
