/** The harness shares its isolate with the script, so what it answers is a stranger's: whatever comes is judged (threat 20). */
import { expect, it } from "vitest";
import { failure, judge, Late } from "../../src/scripts/judge.ts";

const PLAIN = { error: { name: "Error", message: "the script did not answer as it must" }, console: [] };
const answer = (changed: object) => JSON.stringify({ console: [], dropped: 0, ...changed });
const line = { level: "log", text: "x" };

it("what a harness may say is taken", () => {
  expect(judge(answer({ output: '{"amr":["pwd"]}', console: [line] }))).toEqual({
    output: { amr: ["pwd"] },
    console: [line],
  });
  expect(judge(answer({}))).toEqual({ console: [] });
  expect(judge(answer({ dropped: 3 })).console).toEqual([
    { level: "warn", text: "3 more lines were left out" },
  ]);
});

it.each<[string, unknown]>([
  ["an object in place of text", { output: "1", console: [], dropped: 0 }],
  ["more than all of it could have", `${answer({})}${" ".repeat(2_000_000)}`],
  ["an output that is too long", answer({ output: "x".repeat(65_537) })],
  ["an output that is no text", answer({ output: { amr: [] } })],
  ["more lines than there may be", answer({ console: Array(101).fill(line) })],
  ["a line that is too long", answer({ console: [{ ...line, text: "x".repeat(1_001) }] })],
  ["a line of another level", answer({ console: [{ ...line, level: "alert" }] })],
  ["lines that were left out, less than none", answer({ dropped: -1 })],
  ["an error with a name that is too long", answer({ error: { name: "x".repeat(101), message: "" } })],
  ["an error with a message that is too long", answer({ error: { name: "x", message: "x".repeat(1_001) } })],
  ["an error in half a line", answer({ error: { name: "x", message: "", line: 1.5 } })],
])("%s is no answer", (_, said) => {
  expect(judge(said)).toEqual(PLAIN);
});

it("an output of more levels than any judge should go down is an error, and its lines are kept", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  expect(judge(answer({ output: nested(64) })).error).toBeUndefined();
  const { error, output, console } = judge(answer({ output: nested(30_000), console: [line] }));
  expect([error?.message, output, console]).toEqual([
    "the output has more than 64 levels",
    undefined,
    [line],
  ]);
});

it("text that is no JSON, and an output that is none, are no answer either", () => {
  for (const said of ["", "{", answer({ output: "{" })]) expect(() => judge(said)).toThrow(SyntaxError);
});

it("the platform's words for an end become ours, with nothing else in them", () => {
  expect(failure(new Error("Worker exceeded CPU time limit."))).toMatchObject({ name: "TimeoutError" });
  expect(failure(new Error("Worker exceeded memory limit."))).toMatchObject({ name: "RangeError" });
  expect(failure(new Late())).toEqual({
    name: "TimeoutError",
    message: "the script took more than 5000 ms",
  });
  expect(failure("x".repeat(1_000)).message.length).toBeLessThan(400);
});
