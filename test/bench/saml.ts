/**
 * `npm run bench:saml`: CPU of workerd for one accepted assertion, and what of it goes where; and for each request of a sign-in
 * by SAML, against what Workers Free allows a request.
 */
import { loadavg } from "node:os";
import { machine } from "./machine.ts";
import { assertionCost } from "./saml/assertion.ts";
import { requestCosts } from "./saml/requests.ts";

/** Milliseconds of CPU of one request on Workers Free. */
const ALLOWED = 10;

console.log(`${machine()}, ${loadavg()[0]?.toFixed(1)} processes waiting when it began`);
const { characters, all, parsing, signature } = await assertionCost();
const share = (part: number) => `${part.toFixed(2)} ms  ${Math.round((100 * part) / all)} %`;
console.log(`One accepted assertion of ${characters} characters: ${all.toFixed(2)} ms of CPU in workerd
  guard and parsing                      ${share(parsing)}
  signature                              ${share(signature)}
  canonicalization, digest and the rest  ${share(all - parsing - signature)}`);

const costs = await requestCosts();
for (const { provider, request, middle, most } of costs)
  console.log(
    `${middle.toFixed(1).padStart(6)} ms (${most.toFixed(1)} at most)  ${request}, ${provider}${middle > ALLOWED ? "  more than allowed" : ""}`,
  );
const over = costs.filter(({ middle }) => middle > ALLOWED).length;
console.log(`${costs.length} requests, ${over} of them over ${ALLOWED} ms of CPU`);
process.exitCode = over > 0 ? 1 : 0;
