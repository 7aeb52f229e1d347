/** `npm run bench:saml`: CPU of workerd for one accepted assertion, and what of it goes where. */
import { convertV4MiniflareOptions, Miniflare, type V4MiniflareOptions } from "miniflare";
import { attribute, honest, posted, tell } from "../saml/forge.ts";
import { keyOf } from "../saml/keys.ts";
import { bundle } from "../local/worker.ts";
import { childOf, usageOf } from "./cpu.ts";
import type { Measured } from "./saml/worker.ts";

const TIMES = 400;
const ROUNDS = 5;

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

const contents = await bundle("test/bench/saml/worker.ts", true);
const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    modules: [{ type: "ESModule", path: "index.js", contents }],
    compatibilityDate: "2026-11-01",
    compatibilityFlags: ["nodejs_compat"],
    telemetry: { enabled: false },
  } as V4MiniflareOptions),
);
await miniflare.ready;
const workerd = childOf(process.pid, "workerd");

/** @returns milliseconds of CPU for one, in the middle of several rounds */
async function cost(path: string): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = usageOf(workerd).cpu;
    const url = `http://localhost${path}?times=${TIMES}`;
    const answer = await miniflare.dispatchFetch(url, { method: "POST", body: JSON.stringify(given) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    await answer.text();
    // The first warms up.
    if (round > 0) rounds.push(((usageOf(workerd).cpu - before) * 1_000) / TIMES);
  }
  return rounds.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

const [all, parsing, signing] = [await cost("/accept"), await cost("/parse"), await cost("/signature")];
const share = (part: number) => `${part.toFixed(2)} ms  ${Math.round((100 * part) / all)} %`;
console.log(`One accepted assertion of ${document.length} characters: ${all.toFixed(2)} ms of CPU in workerd
  guard and parsing                      ${share(parsing)}
  certificate and signature              ${share(signing)}
  canonicalization, digest and the rest  ${share(all - parsing - signing)}`);
await miniflare.dispose();
