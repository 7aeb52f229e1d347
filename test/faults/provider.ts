/** The provider misbehaves: everybody gets the right error, nobody is signed in, and all is well when it is well again. */
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { parameter, type Answer } from "../load/http.ts";
import { Jar } from "../load/jar.ts";
import type { Workspace } from "../load/workspace.ts";
import type { Fault } from "./index.ts";
import { well, type Mode } from "./world.ts";

const atToken =
  (mode: Mode): Mode =>
  (answer, path) =>
    path.endsWith("/token") ? mode(answer, path) : well(answer, path);

/** @param ahead seconds; its tokens last an hour */
const clock = (ahead: number): Mode => atToken((answer) => Response.json(answer(ahead)));

interface Tokens {
  readonly id_token: string;
}

/** The ID token with claims of another time, under the old signature: it must not even come to the clock. */
function tampered({ id_token, ...rest }: Tokens): object {
  const [header = "", payload = "", signature = ""] = id_token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as { sub: string };
  const other = Buffer.from(JSON.stringify({ ...claims, sub: "somebody-else" })).toString("base64url");
  return { ...rest, id_token: [header, other, signature].join(".") };
}

const FAULTS: readonly { readonly name: string; readonly mode: Mode; readonly error?: string }[] = [
  { name: "failing", mode: atToken(() => new Response("no", { status: 500 })), error: "server_error" },
  { name: "overloaded", mode: atToken(() => new Response("no", { status: 503 })), error: "server_error" },
  {
    name: "answering HTML",
    mode: atToken(() => new Response("<h1>Sorry</h1>", { headers: { "content-type": "text/html" } })),
    error: "server_error",
  },
  {
    name: "answering garbage",
    mode: atToken(() => Response.json({ id_token: "a.b.c" })),
    error: "server_error",
  },
  {
    name: "with a tampered token",
    mode: atToken((answer) => Response.json(tampered(answer() as Tokens))),
    error: "access_denied",
  },
  {
    name: "slow by a second",
    mode: atToken(async (answer, path) => {
      await wait(1_000);
      return well(answer, path);
    }),
  },
  { name: "a few seconds ahead", mode: clock(20) },
  { name: "ten minutes ahead", mode: clock(600), error: "access_denied" },
  { name: "ten minutes behind", mode: clock(-600) },
  { name: "two hours behind", mode: clock(-7_200), error: "access_denied" },
];

async function arrive(workspace: Workspace, person: string): Promise<Answer> {
  const jar = new Jar();
  return workspace.callback(await workspace.open(workspace.authorizeUrl(), jar), person, jar);
}

export const provider: Fault = {
  name: "provider slow, failing, answering garbage, its clock wrong",
  async run(world, { signIns }) {
    const workspace = await world.workspace();
    await workspace.signIn({ name: "ada" });
    const counts: string[] = [];
    for (const { name, mode, error } of FAULTS) {
      world.provider = mode;
      const answers = await Promise.all(
        Array.from({ length: signIns }, (_, index) => arrive(workspace, `${name}-${index}`)),
      ).finally(() => (world.provider = well));
      for (const answer of answers)
        if (error === undefined) assert.ok(parameter(answer, "code"));
        else assert.equal(parameter(answer, "error"), error, name);
      await workspace.signIn({ name: "ada" });
      counts.push(`${name} ${signIns}`);
    }
    return `${counts.join(", ")}: every answer was the right one, and the next sign-in succeeded`;
  },
};
