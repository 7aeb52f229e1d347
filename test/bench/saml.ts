/** `npm run bench:saml`: CPU of workerd for one accepted assertion, and what of it goes where. */
import { attribute, honest, posted, tell } from "../saml/forge.ts";
import { keyOf } from "../saml/keys.ts";
import { inWorkerd } from "./in-workerd.ts";
import type { Measured } from "./saml/worker.ts";

const TIMES = 400;

const by = await keyOf("provider");
const now = Math.floor(Date.now() / 1_000);
const said = tell({
  request: "_r",
  acs: "https://sp.example.com/acs",
  audience: "https://sp.example.com",
  now,
  issuer: "https://idp.example.com",
  attributes: Array.from({ length: 12 }, (_, n) =>
    attribute(`urn:oid:2.5.4.${n}`, `value ${n} of a person`),
  ).join(""),
});
const document = honest(said, by);
const [, signature = ""] = /<ds:SignatureValue>([^<]*)/.exec(document) ?? [];
const given: Measured = { message: posted(document), certificate: by.certificate, signature, said, now };

const worker = await inWorkerd("test/bench/saml/worker.ts");
const cost = (path: string) => worker.cost(path, TIMES, given);

const [all, parsing, signing] = [await cost("/accept"), await cost("/parse"), await cost("/signature")];
const share = (part: number) => `${part.toFixed(2)} ms  ${Math.round((100 * part) / all)} %`;
console.log(`One accepted assertion of ${document.length} characters: ${all.toFixed(2)} ms of CPU in workerd
  guard and parsing                      ${share(parsing)}
  signature                              ${share(signing)}
  canonicalization, digest and the rest  ${share(all - parsing - signing)}`);
await worker.stop();
