/** Runs scripts in isolates of their own, through the platform's Worker Loader. */
import type { Keyring } from "../crypto/keyring.ts";
import type { JsonObject } from "../flow.ts";
import { blankCut, type Secrets } from "./blank.ts";
import type { Execution, ScriptCode } from "./execution.ts";
import { isolate } from "./isolate.ts";
import { type Ended, failure, judge, Late } from "./judge.ts";
import { LONGEST_LINE, LONGEST_NAME, WALL } from "./limits.ts";
import { Network } from "./network.ts";

export interface Scripts {
  /** Never throws: whatever a script does is an {@link Execution}. @param secrets the values that the script gets */
  run(code: ScriptCode, context: JsonObject, secrets: Secrets): Promise<Execution>;
}

/** @param guarded fetch under the rules for URLs that operators supply @param tell is told what runs, for who watches */
export function openScripts(
  loader: WorkerLoader,
  keyring: Keyring,
  guarded: typeof fetch,
  tell: (event: "began" | "ended", code: ScriptCode) => void = () => {},
): Scripts {
  return {
    async run(code, context, secrets) {
      const began = performance.now();
      tell("began", code);
      const ended = await end(loader, keyring, guarded, code, { ...context, secrets: { ...secrets } });
      tell("ended", code);
      const { error, console, output } = ended;
      const shown = (text: string, longest: number) => blankCut(text, secrets, longest);
      return {
        as: error ? "failed" : "succeeded",
        ...(output !== undefined && { output }),
        ...(error && {
          error: {
            ...error,
            name: shown(error.name, LONGEST_NAME),
            message: shown(error.message, LONGEST_LINE),
          },
        }),
        console: console.map(({ level, text }) => ({ level, text: shown(text, LONGEST_LINE) })),
        duration: Math.round(performance.now() - began),
      };
    },
  };
}

async function end(
  loader: WorkerLoader,
  keyring: Keyring,
  guarded: typeof fetch,
  code: ScriptCode,
  input: JsonObject,
): Promise<Ended> {
  const over = new AbortController();
  const network = code.hosts.length > 0 ? new Network(code.hosts, guarded, over.signal) : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late()), WALL);
  });
  try {
    const harness = await isolate(loader, keyring, code);
    return judge(await Promise.race([harness.run(JSON.stringify(input), network), late]));
  } catch (error) {
    return { error: failure(error), console: [] };
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
