/** Writes XML. Whatever goes into a document goes through here, so that no value can become markup (GHSA-34r5-q4jw-r36m). */

/** XML that is already encoded. */
export interface Xml {
  readonly xml: string;
}

type Attributes = Readonly<Record<string, string | undefined>>;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

/** An element. Attributes that are undefined are left out, and so are children. */
export function element(
  name: string,
  attributes: Attributes = {},
  ...children: readonly (Xml | string | undefined)[]
): Xml {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([attribute, value]) => ` ${attribute}="${encode(value ?? "")}"`)
    .join("");
  const inside = children
    .filter((child) => child !== undefined)
    .map((child) => (typeof child === "string" ? encode(child) : child.xml))
    .join("");
  return { xml: inside === "" ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>` };
}

function encode(text: string): string {
  return text.replaceAll(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? "");
}
