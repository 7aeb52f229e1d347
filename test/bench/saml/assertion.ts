/** CPU of workerd for one accepted assertion, and what of it goes where. */
import { honest, posted } from "../../saml/forge.ts";
import { keyOf } from "../../saml/keys.ts";
import { inWorkerd } from "../in-workerd.ts";
import { telling } from "./telling.ts";
import type { Measured } from "./worker.ts";

const TIMES = 400;

export interface AssertionCost {
  readonly characters: number;
  /** Milliseconds of CPU, of the round that the rest of the machine disturbed least; the others are parts of `all`. */
  readonly all: number;
  readonly parsing: number;
  readonly signature: number;
}

export async function assertionCost(): Promise<AssertionCost> {
  const by = await keyOf("provider");
  const said = telling({
    request: "_r",
    acs: "https://sp.example.com/acs",
    audience: "https://sp.example.com",
    issuer: "https://idp.example.com",
  });
  const document = honest(said, by);
  const [, value = ""] = /<ds:SignatureValue>([^<]*)/.exec(document) ?? [];
  const { certificate } = by;
  const given: Measured = { message: posted(document), certificate, signature: value, said, now: said.now };
  const worker = await inWorkerd("test/bench/saml/worker.ts");
  try {
    return {
      characters: document.length,
      all: await worker.cost("/accept", TIMES, given),
      parsing: await worker.cost("/parse", TIMES, given),
      signature: await worker.cost("/signature", TIMES, given),
    };
  } finally {
    await worker.stop();
  }
}
