/** Reads XML that was guarded: by namespace and by place, never by "somewhere below". */
import { DOMParser, type Element, type Node } from "@xmldom/xmldom";
import { SamlError } from "./error.ts";

export type { Element };

const ELEMENT = 1;
const TEXT = 3;

/** @param guarded see `guard.ts` @throws SamlError `document` */
export function parse(guarded: string): Element {
  const errorHandler = (_level: string, message: string) => {
    throw new SamlError("document", "the document could not be parsed", { cause: new Error(message) });
  };
  const root = new DOMParser({ errorHandler }).parseFromString(guarded, "text/xml").documentElement;
  if (!root) throw new SamlError("document", "the document is empty");
  return root;
}

export function is(element: Element, namespace: string, name: string): boolean {
  return element.namespaceURI === namespace && element.localName === name;
}

/** Whatever they are. */
export function elements(parent: Element): Element[] {
  return Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === ELEMENT);
}

export function children(parent: Element, namespace: string, name: string): Element[] {
  return elements(parent).filter((element) => is(element, namespace, name));
}

/** @throws SamlError `document` where there is more than one */
export function optional(parent: Element, namespace: string, name: string): Element | undefined {
  const [first, second] = children(parent, namespace, name);
  if (second) throw new SamlError("document", `${name} is there more than once`);
  return first;
}

/** @throws SamlError `document` where there is none or more than one */
export function only(parent: Element, namespace: string, name: string): Element {
  const found = optional(parent, namespace, name);
  if (!found) throw new SamlError("document", `${name} is missing`);
  return found;
}

export function attribute(element: Element, name: string): string | undefined {
  return element.hasAttribute(name) ? element.getAttribute(name) : undefined;
}

/** Whether there is nothing but text in it. */
export function isText(element: Element): boolean {
  return Array.from(element.childNodes).every(({ nodeType }) => nodeType === TEXT);
}

/** The whole text, which must be nothing but text. @throws SamlError `document` */
export function text(element: Element): string {
  if (!isText(element)) throw new SamlError("document", `${element.localName} has more than text in it`);
  const nodes: Node[] = Array.from(element.childNodes);
  return nodes.map(({ textContent }) => textContent ?? "").join("");
}
