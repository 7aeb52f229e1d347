/**
 * What is used of the library. Its own types bring the browser's DOM with them, whose `Request` and `Response` are not those
 * of Workers.
 */
export interface Node {
  readonly nodeType: number;
  readonly localName: string | null;
  readonly namespaceURI: string | null;
  readonly textContent: string | null;
  readonly childNodes: ArrayLike<Node>;
  readonly firstChild: Node | null;
  readonly nextSibling: Node | null;
  /** Null of a document. */
  readonly ownerDocument: Node | null;
}
export interface Attribute extends Node {
  readonly value: string;
}
export interface Element extends Node {
  readonly localName: string;
  readonly attributes: ArrayLike<Attribute>;
  getAttributeNode(name: string): Attribute | null;
  hasAttribute(name: string): boolean;
  getAttribute(name: string): string;
  getAttributeNS(namespace: string, name: string): string;
}
export class DOMParser {
  constructor(options: { errorHandler: (level: string, message: string) => void });
  parseFromString(text: string, type: string): { readonly documentElement: Element | null };
}
