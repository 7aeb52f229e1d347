/**
 * CPU of every request of a sign-in by SAML, of the Worker as it is deployed: one kind of request after the other, each of as
 * many sign-ins of people who come again. It is the CPU of the whole process: what Durable Objects do for a request is in it,
 * though the platform counts theirs apart.
 */
import { Workspace } from "../../load/workspace.ts";
import { encrypted } from "../../saml/encrypt.ts";
import { assertion, honest, response, type Said, signed } from "../../saml/forge.ts";
import { keyOf, type Named } from "../../saml/keys.ts";
import { usageOf } from "../cpu.ts";
import { addSaml, ISSUER, SamlSignIn } from "../drive/saml.ts";
import { start } from "../processes.ts";
import { telling } from "./telling.ts";

/** Rounds that count, after those that warm up; and sign-ins of each. */
const [ROUNDS, WARMING, TIMES] = [15, 4, 64];
/** As in the other figures: a runtime that wakes for each request alone costs half as much again. */
const IN_FLIGHT = 16;

export interface RequestCost {
  readonly provider: string;
  readonly request: string;
  /** Milliseconds of CPU, of the middle round and of the dearest. */
  readonly middle: number;
  readonly most: number;
}

interface Kind {
  readonly provider: string;
  readonly has_keys: boolean;
  readonly answer: (said: Said, keys: { by: Named; ours: Named }) => string;
}

const KINDS: readonly Kind[] = [
  { provider: "signed assertions", has_keys: false, answer: (said, { by }) => honest(said, by) },
  {
    provider: "signed requests, encrypted assertions",
    has_keys: true,
    answer: (said, { by, ours }) =>
      response(said, encrypted(signed(assertion(said), said.assertion_id, { by }), ours)),
  },
];

/** @throws Error where a sign-in fails */
export async function requestCosts(): Promise<RequestCost[]> {
  const provider = start<"address", string>("./provider.ts");
  const address = await provider.ask("address");
  const subject = start<"address", { origin: string; pid: number }>(
    "./subjects/serve.ts",
    "vestibule",
    address,
  );
  try {
    const { origin, pid } = await subject.ask("address");
    const workspace = await new Workspace(origin, "saml").make();
    const costs: RequestCost[] = [];
    for (const [index, kind] of KINDS.entries())
      costs.push(...(await costsOf(kind, workspace, `saml-${index}`, pid)));
    return costs;
  } finally {
    await subject.stop();
    await provider.stop();
  }
}

async function costsOf(
  { provider, has_keys, answer }: Kind,
  workspace: Workspace,
  id: string,
  pid: number,
): Promise<RequestCost[]> {
  const [by, ours] = await Promise.all(["bench", "ours"].map((name) => keyOf(name)));
  const keys = { by: by!, ours: ours! };
  const credentials = { signing_key: keys.ours.key, decryption_key: keys.ours.key };
  await addSaml(workspace, id, has_keys ? { credentials } : {});
  const rounds: Readonly<Record<string, number>>[] = [];
  for (let round = 0; round < WARMING + ROUNDS; round++) {
    const spent: Record<string, number> = {};
    const measured = async <T>(request: string, one: (index: number) => Promise<T>): Promise<T[]> => {
      const before = usageOf(pid).cpu;
      const done: T[] = [];
      let next = 0;
      const work = async () => {
        for (let index = next++; index < TIMES; index = next++) done[index] = await one(index);
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, work));
      spent[request] = ((usageOf(pid).cpu - before) * 1_000) / TIMES;
      return done;
    };
    const signIns = Array.from({ length: TIMES }, () => new SamlSignIn(workspace, id));
    const leaving = await measured("authorize", (index) => signIns[index]!.authorize());
    const answers: string[] = [];
    for (const [index, signIn] of signIns.entries()) {
      const asked = await signIn.read(leaving[index]!);
      answers.push(answer(telling({ ...asked, issuer: ISSUER, name: `person-${index}` }), keys));
    }
    await measured("the provider's answer", (index) => signIns[index]!.post(answers[index]!));
    await measured("token", (index) => signIns[index]!.redeem());
    if (round >= WARMING) rounds.push(spent);
  }
  return Object.keys(rounds[0] ?? {}).map((request) => {
    const sorted = rounds.map((spent) => spent[request] ?? 0).toSorted((a, b) => a - b);
    return { provider, request, middle: sorted[Math.floor(ROUNDS / 2)] ?? 0, most: sorted.at(-1) ?? 0 };
  });
}
