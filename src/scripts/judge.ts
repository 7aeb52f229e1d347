/** What an isolate answered, or how it failed → what is known of the execution. */
import * as z from "zod";
import { isDeeper } from "../config/measure.ts";
import type { Json } from "../flow.ts";
import type { Execution, ScriptError } from "./execution.ts";
import { CPU, LARGEST_OUTPUT, LONGEST_LINE, LONGEST_NAME, MOST_LINES, WALL } from "./limits.ts";

export type Ended = Pick<Execution, "output" | "error" | "console">;

/** The harness shares its isolate with the script, so its answer is a stranger's. */
export function judge(answer: unknown): Ended {
  if (typeof answer !== "string" || answer.length > LARGEST_ANSWER) return { error: PLAIN, console: [] };
  const parsed = Answer.safeParse(JSON.parse(answer));
  if (!parsed.success) return { error: PLAIN, console: [] };
  const { output, error, console, dropped } = parsed.data;
  const more = { level: "warn", text: `${dropped} more lines were left out` } as const;
  const value = output === undefined ? undefined : (JSON.parse(output) as Json);
  // What judges it from here on goes down by recursion.
  if (isDeeper(value, DEEPEST)) return { error: DEEP, console };
  return {
    ...(value !== undefined && { output: value }),
    ...(error && { error: error as ScriptError }),
    console: dropped > 0 ? [...console, more] : console,
  };
}

const Answer = z.object({
  output: z.string().max(LARGEST_OUTPUT).optional(),
  error: z
    .object({
      name: z.string().max(LONGEST_NAME),
      message: z.string().max(LONGEST_LINE),
      line: z.int().optional(),
      column: z.int().optional(),
    })
    .optional(),
  console: z
    .array(
      z.object({
        level: z.enum(["log", "info", "warn", "error", "debug"]),
        text: z.string().max(LONGEST_LINE),
      }),
    )
    .max(MOST_LINES),
  dropped: z.int().min(0),
});

/** Characters that an answer can have: console and output, escaped at worst. */
const LARGEST_ANSWER = 6 * (LARGEST_OUTPUT + MOST_LINES * LONGEST_LINE) + 10_000;
/** Levels of an output: a value of a context has twenty at most. */
const DEEPEST = 64;
const DEEP = { name: "RangeError", message: `the output has more than ${DEEPEST} levels` };
const PLAIN = { name: "Error", message: "the script did not answer as it must" };

/** The script took longer than it may. */
export class Late extends Error {}

/** What kept the isolate from answering at all: the platform's words, in ours. */
export function failure(error: unknown): ScriptError {
  const text = error instanceof Error ? error.message : String(error);
  const [, name, message, line, column] =
    /Uncaught (\w+): (.*)\n\s*at script:(\d+)(?::(\d+))?/.exec(text) ?? [];
  if (name && message)
    return { name, message, line: Number(line), ...(column && { column: Number(column) }) };
  const known = KNOWN.find(([pattern]) => pattern.test(text));
  if (error instanceof Late) return { name: "TimeoutError", message: `the script took more than ${WALL} ms` };
  return known
    ? { name: known[1], message: known[2] }
    : { ...PLAIN, message: `the script was ended: ${text.slice(0, 300)}` };
}

const KNOWN: readonly [RegExp, string, string][] = [
  [/CPU/, "TimeoutError", `the script took more than ${CPU} ms of CPU`],
  [/memory/i, "RangeError", "the script took more memory than there is"],
  [/hung/, "TimeoutError", "the script waits for something that never comes"],
];
