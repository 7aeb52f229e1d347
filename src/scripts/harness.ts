/**
 * The first module of the isolate that a script runs in; the script is the second. It is not trusted either: the script
 * shares its isolate, so whatever it answers is judged outside (`open.ts`). What it does is to make the script's life
 * orderly: nothing that one run changes in the language itself is there in the next, each run has its own console, and
 * only text leaves.
 */
import { LARGEST_OUTPUT, LONGEST_LINE, LONGEST_NAME, MOST_LINES } from "./limits.ts";

/** @param word what only the broker says: a script finds its way to this entrypoint too, but not to the text of this module */
export const harness = (word: string): string => String.raw`
import * as workers from "cloudflare:workers";
import * as hooks from "node:async_hooks";

const word = ${JSON.stringify(word)};
const limits = ${JSON.stringify({ output: LARGEST_OUTPUT, lines: MOST_LINES, line: LONGEST_LINE, name: LONGEST_NAME })};
const current = new hooks.AsyncLocalStorage();

const say = (level) => (...values) => {
  const run = current.getStore();
  if (run && run.console.length < limits.lines)
    run.console.push({ level, text: values.map(print).join(" ").slice(0, limits.line) });
  else if (run) run.dropped++;
};
const print = (value) => {
  try {
    if (typeof value === "string") return value;
    if (value instanceof Error) return value.name + ": " + value.message;
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "(a value that cannot be shown)";
  }
};

async function call(input, init) {
  const run = current.getStore();
  if (!run || !run.network) throw new TypeError("the script has no list of hosts that it may call");
  const request = new Request(input, init);
  const { refused, status, headers, body } = await run.network.call({
    url: request.url,
    method: request.method,
    headers: [...request.headers],
    body: request.body ? await request.arrayBuffer() : null,
  });
  if (refused !== undefined) throw new TypeError(refused);
  return new Response(body, { status, headers });
}

const replaced = {
  fetch: call,
  console: Object.fromEntries(["log", "info", "warn", "error", "debug"].map((level) => [level, say(level)])),
};
const removed = ["caches", "Cache", "CacheStorage", "WebSocket", "WebSocketPair", "EventSource"];

// A frozen prototype forbids an object to have a member of that name of its own. Scripts do that to errors and to
// toString, so there the members become pairs that let it.
const overridable = [Object.prototype, Function.prototype, Error.prototype, EvalError.prototype, RangeError.prototype,
  ReferenceError.prototype, SyntaxError.prototype, TypeError.prototype, URIError.prototype, AggregateError.prototype];
const define = Object.defineProperty;
for (const prototype of overridable)
  for (const name of Reflect.ownKeys(prototype)) {
    const { value, writable, configurable, enumerable } = Object.getOwnPropertyDescriptor(prototype, name);
    if (!writable || !configurable) continue;
    define(prototype, name, {
      enumerable,
      configurable: false,
      get: () => value,
      set(own) {
        define(this, name, { value: own, writable: true, enumerable: true, configurable: true });
      },
    });
  }

const seen = new Set();
const holds = (value) => (typeof value === "object" && value !== null) || typeof value === "function";
// Each cold start walks all that the language brings, so nothing is called for what holds nothing.
function freeze(value) {
  if (!holds(value) || seen.has(value)) return;
  seen.add(value);
  const names = Reflect.ownKeys(value);
  // A number and a text: most of what there is are methods that have nothing else.
  const bare = names.length === 2 && names[0] === "length" && names[1] === "name";
  if (!bare)
    for (const name of names) {
      let property;
      try { property = Object.getOwnPropertyDescriptor(value, name); } catch { continue; }
      if (!property) continue;
      if (holds(property.value)) freeze(property.value);
      if (property.get) freeze(property.get);
      if (property.set) freeze(property.set);
    }
  freeze(Object.getPrototypeOf(value));
  if (value !== globalThis && !ArrayBuffer.isView(value)) Object.freeze(value);
}

for (let from = globalThis; from && from !== Object.prototype; from = Object.getPrototypeOf(from))
  for (const name of removed) delete from[name];
delete Navigator.prototype.sendBeacon;
for (const [name, value] of Object.entries(replaced)) define(globalThis, name, { value });
for (const hidden of [function* () {}, async function () {}, async function* () {}, [].values(), new Map().entries(),
  new Set().values(), "".matchAll(/x/g), ""[Symbol.iterator](),
  new Headers().entries(), new URLSearchParams().entries(), new FormData().entries(), workers.WorkerEntrypoint, workers.RpcTarget, hooks.AsyncLocalStorage])
  freeze(hidden);
freeze(globalThis);
// Names that are not there yet as well: a script that forgets a "const" must not keep one person's value for the next.
for (const name of Reflect.ownKeys(globalThis)) {
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  if (property.configurable)
    define(globalThis, name, "value" in property ? { writable: false, configurable: false } : { configurable: false });
}
Object.preventExtensions(globalThis);

function describe(error) {
  try {
    if (!(error instanceof Error)) return { name: "Error", message: print(error).slice(0, limits.line) };
    const [, line, column] = /script:(\d+):(\d+)/.exec(String(error.stack)) ?? [];
    return {
      name: String(error.name).slice(0, limits.name),
      message: String(error.message).slice(0, limits.line),
      ...(line && { line: Number(line), column: Number(column) }),
    };
  } catch {
    return { name: "Error", message: "the script threw a value that cannot be shown" };
  }
}

async function answer(run, input) {
  const { default: script } = await import("script");
  if (typeof script !== "function")
    throw new TypeError("the script exports no function: module.exports = async function (context) { … }");
  // Counted as it is written: a list that holds another one twice, and that another one twice, is never whole in memory.
  let left = limits.output;
  const output = JSON.stringify(await script(JSON.parse(input)), (name, value) => {
    left -= 1 + (typeof value === "string" ? value.length : 0);
    if (left < 0) throw large();
    return value;
  });
  if (output !== undefined && output.length > limits.output) throw large();
  return output;
}
const large = () => new RangeError("the output has more than " + limits.output + " characters");

export default class Harness extends workers.WorkerEntrypoint {
  // Called from within it would be a run of its own, with limits of its own: one script would be any number of them.
  run(said, input, network) {
    if (said !== word) throw new TypeError("a script does not run itself");
    const run = { console: [], dropped: 0, network };
    return current.run(run, async () => {
      const ended = await answer(run, input).then(
        (output) => ({ output }),
        (error) => ({ error: describe(error) }),
      );
      const { console, dropped } = run;
      return JSON.stringify({ ...ended, console, dropped });
    });
  }
}
Object.freeze(Harness);
Object.freeze(Harness.prototype);
`;
