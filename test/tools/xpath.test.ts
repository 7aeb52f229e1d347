/**
 * The Worker searches signed documents with `src/saml/xpath.ts`: the package that stands in xml-crypto's package.json judges it,
 * by every expression that xml-crypto has, in every document that is tried on the signatures.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { before, test } from "node:test";
import { DOMParser } from "@xmldom/xmldom";
import { select, select1 } from "../../src/saml/xpath.ts";
import { bundle } from "../local/worker.ts";
import { conditionsOf } from "../saml/fixtures/invalid/conditions.ts";
import { encryption } from "../saml/fixtures/invalid/encryption.ts";
import { signatures } from "../saml/fixtures/invalid/signatures.ts";
import { text } from "../saml/fixtures/invalid/text.ts";
import { wrapping } from "../saml/fixtures/invalid/wrapping.ts";
import type { Scene } from "../saml/fixtures/scene.ts";
import * as valid from "../saml/fixtures/valid/index.ts";
import { tell } from "../saml/forge.ts";
import { ellipticKeyOf, keyOf } from "../saml/keys.ts";

type Node = Parameters<typeof select>[1];

const resolving = createRequire(import.meta.url);
const library = resolving.resolve("xml-crypto");
const judge = createRequire(library)("xpath") as { select: (expression: string, at: Node) => Node[] };

/** Strange ones, that no guard let through. */
const STRANGE = [
  `<a xmlns:ID="_a" ID="_b"><b xmlns:w="urn:w" w:ID="_a"/><c ID="_a"/><!--no--><KeyInfo xmlns=""><!--inside--></KeyInfo></a>`,
  `<SignedInfo><SignedInfo ID="_a"/><s:SignatureValue xmlns:s="urn:s">AB<![CDATA[CD]]><x>EF</x>GH</s:SignatureValue></SignedInfo>`,
  `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><Signature xmlns=""/><Signature><SignatureMethod Algorithm="1"/></Signature><SignatureMethod xmlns:z="urn:z" z:Algorithm="2"/></Signature>`,
];

/** Characters; the bombs among them are the guard's, and take the judge minutes. */
const LONGEST = 20_000;

/** As a reference of the document asks; the last would be a part of the program, were it not a text. */
const URIS = ["_a", "_r", "nobody", "", "x] | //*[@ID"];

/** What xml-crypto's source has in quotes that begins as a path. */
const expressions = new Set(
  readdirSync(dirname(library))
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(`${dirname(library)}/${name}`, "utf8").replaceAll(/^\s*(?:\*|\/\/).*$/gm, ""))
    .flatMap((source) =>
      Array.from(source.matchAll(/(["`])(\.?\/\/?(?:\*|comment)(?:(?!\1).)*)\1/g), ([, , path]) => path!),
    )
    .flatMap((path) =>
      URIS.map((uri) =>
        path.replaceAll("${idAttribute}", "ID").replaceAll("${attr}", "ID").replaceAll("${uri}", uri),
      ),
    ),
);
const documents = new Map<string, Node>();

before(async () => {
  const [by, mallory, ours] = await Promise.all(["provider", "mallory", "ours"].map((name) => keyOf(name)));
  const said = tell({
    request: "_r",
    acs: "https://sp.example.com/acs",
    audience: "https://sp.example.com",
    issuer: "https://idp.example.com",
    now: 1_800_000_000,
  });
  const scene = { said, by, elliptic: await ellipticKeyOf("elliptic"), mallory, ours } as Scene;
  const forged = [
    ...Object.values({ ...valid }).flatMap((fixtures) => Object.entries(fixtures)),
    ...[conditionsOf, encryption, signatures, text, wrapping].flatMap((fixtures) =>
      Object.entries(fixtures).map(([name, { forge }]) => [name, forge] as const),
    ),
    ...STRANGE.map((document, n) => [`strange ${n}`, () => document] as const),
  ];
  for (const [name, forge] of forged) {
    const written = await forge(scene);
    const document = written.length < LONGEST && readable(written);
    if (document) documents.set(name, document);
  }
});

function readable(document: string) {
  try {
    const parser = new DOMParser({ errorHandler: () => undefined });
    return parser.parseFromString(document, "text/xml").documentElement?.ownerDocument;
  } catch {
    return undefined;
  }
}

test("every expression of xml-crypto finds what it finds by XPath, in every document and below every signature", () => {
  assert.ok(expressions.size > 12 && documents.size > 150, `${expressions.size} in ${documents.size}`);
  let found = 0;
  for (const [name, document] of documents)
    for (const at of [document, ...judge.select("//*[local-name(.)='Signature']", document)])
      for (const expression of expressions) {
        const [ours, theirs] = [select(expression, at), judge.select(expression, at)];
        assert.ok(
          ours.length === theirs.length && ours.every((node, index) => node === theirs[index]),
          `${expression} in ${name}`,
        );
        assert.equal(select1(expression, at), theirs[0]);
        found += ours.length;
      }
  assert.ok(found > 10_000, `${found} found`);
});

test("what is deployed searches with it, and has no engine for XPath", async () => {
  const code = await bundle("src/saml/signature.ts");
  assert.match(code, /not an expression that is searched for/);
  assert.doesNotMatch(code, /XPathParser/);
});

test("what is no expression of xml-crypto is refused, and finds neither nothing nor all", () => {
  const [document] = documents.values();
  for (const expression of [
    "//*[@ID='_a' or true()]",
    "//*[@*[local-name(.)='ID']='_a' or '1'='1']",
    "//*[local-name(.)='KeyInfo'][1]",
    "//ds:KeyInfo",
    "KeyInfo",
    "//*/..",
    "",
  ])
    assert.throws(() => select(expression, document!), TypeError, expression);
});
