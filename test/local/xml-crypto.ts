/** What the Worker takes of the library: what is bundled for its tests. */
export { SignedXml } from "xml-crypto";
