/** What a script tries to get out of its isolate, and every limit that it meets (threat 20). */
import { describe, expect, it } from "vitest";
import { api } from "../api.ts";
import { run, script } from "../scripts.ts";
import { makeWorld } from "../world.ts";

const world = await makeWorld();
const other = await makeWorld();
const SECRET = "a-secret-of-the-workspace";
await world.put("secrets/KEY", { secret: SECRET });
await world.put("secrets/OTHER", { secret: "a-secret-that-nobody-named" });

const failed = async (body: string, rest: object = {}) => {
  const { as, error } = await run(world, body, rest);
  return [as, error?.name, error?.message];
};

describe("a script that would go on for ever", () => {
  it("by recursion ends with the stack", async () => {
    expect(await failed(script("const f = () => f() + 1; return f();"))).toEqual([
      "failed",
      "RangeError",
      "Maximum call stack size exceeded",
    ]);
  });

  it("by a promise that nothing resolves is noticed", async () => {
    expect(await failed(script("await new Promise(() => {});"))).toEqual([
      "failed",
      "TimeoutError",
      "the script waits for something that never comes",
    ]);
  });
});

describe("a script that makes much of everything", () => {
  it("cannot have a string of a gigabyte", async () => {
    const message = "Invalid string length";
    expect(await failed(script("return 'x'.repeat(2 ** 30);"))).toEqual(["failed", "RangeError", message]);
  });

  it("cannot answer ten megabytes", async () => {
    const message = "the output has more than 65536 characters";
    const body = script("return { authn_ctx: { name: 'x'.repeat(10_000_000) } };");
    expect(await failed(body)).toEqual(["failed", "RangeError", message]);
  });

  it.each([
    [
      "a list that holds another one twice, forty times",
      "let a = ['x']; for (let i = 0; i < 40; i++) a = [a, a]; return a;",
    ],
    [
      "names that are long",
      "return Object.fromEntries(Array.from({ length: 100 }, (_, n) => ['x'.repeat(1_000) + n, n]));",
    ],
    ["an object that answers toJSON with more each time", "return { toJSON: () => Array(1e6).fill(0) };"],
  ])("cannot answer with %s", async (_, body) => {
    const message = "the output has more than 65536 characters";
    expect(await failed(script(body))).toEqual(["failed", "RangeError", message]);
  });

  it("cannot answer what is nested thousands of times", async () => {
    const nested = (levels: number) =>
      script(`let a = 1; for (let i = 0; i < ${levels}; i++) a = { a }; return a;`);
    const message = "the output has more than 64 levels";
    for (const levels of [65, 3_000])
      expect(await failed(nested(levels)), String(levels)).toEqual(["failed", "RangeError", message]);
    expect((await run(world, nested(64))).as).toBe("succeeded");
    expect((await failed(nested(100_000)))[1]).toBe("RangeError");
  });

  it("has a hundred console lines of a thousand characters, and is told of the rest", async () => {
    const { console } = await run(
      world,
      script("for (let i = 0; i < 150; i++) console.log('x'.repeat(5_000));"),
    );
    expect(console).toHaveLength(101);
    expect(console[0]!.text).toHaveLength(1_000);
    expect(console.at(-1)).toEqual({ level: "warn", text: "50 more lines were left out" });
  });
});

it("a console line of what cannot be shown says so, and is no error of the script", async () => {
  const body = script(
    "console.log({ get a() { throw 1; } }, Symbol('x'), new Proxy({}, { get() { throw 1; } }));",
  );
  const { as, console } = await run(world, body);
  const unshown = "(a value that cannot be shown)";
  expect([as, console]).toEqual(["succeeded", [{ level: "log", text: `${unshown} Symbol(x) ${unshown}` }]]);
});

describe("the network", () => {
  const denied =
    "This worker is not permitted to access the internet via global functions like fetch(). It must use capabilities (such as bindings in 'env') to talk to the outside world.";
  const url = "https://strangers.example.com/";

  it.each([
    [
      "fetch",
      script(`return (await fetch("${url}")).status;`),
      "the script has no list of hosts that it may call",
    ],
    [
      "WebSocket",
      script(`return new WebSocket("wss://strangers.example.com/").url;`),
      "WebSocket is not defined",
    ],
    ["EventSource", script(`return new EventSource("${url}").url;`), "EventSource is not defined"],
    ["caches", script(`return await caches.default.match("${url}");`), "caches is not defined"],
    [
      "connect",
      `import { connect } from "cloudflare:sockets";
       export default async () => { await connect("10.0.0.1:22").opened; };`,
      denied,
    ],
    [
      "the fetch that ours stands before",
      script(`return (await Object.getPrototypeOf(globalThis).fetch.call(globalThis, "${url}")).status;`),
      denied,
    ],
    [
      "sendBeacon",
      script(`return navigator.sendBeacon("${url}");`),
      "navigator.sendBeacon is not a function",
    ],
    [
      "node:net",
      `import net from "node:net"; export default () => net.connect(22, "10.0.0.1");`,
      'No such module "node:net".\n  imported from "script"',
    ],
    [
      "dynamic import",
      script(`return Object.keys(await import("${url}a.js"));`),
      'No such module "https:/strangers.example.com/a.js".',
    ],
  ])("is not there by %s", async (_, body, message) => {
    expect((await failed(body))[2]).toBe(message);
  });

  it("is a list of hosts, exactly", async () => {
    const hosts = ["hooks.example.com"];
    const call = (to: string) => failed(script(`return (await fetch("${to}")).status;`), { hosts });
    const refused = "the host is not on the script's list";
    for (const to of [
      url,
      "https://hooks.example.com.evil.example/",
      "https://hooks.example.com@evil.example/",
      "https://hooks.example.com:8443/",
      "https://sub.hooks.example.com/",
      "http://169.254.169.254/latest/meta-data",
    ])
      expect((await call(to))[2], to).toBe(refused);
    expect((await call("http://hooks.example.com/"))[2]).toBe("only public https addresses are called");
  });

  it.each([
    ["with a name and password in the address", "https://ada:secret@hooks.example.com/x"],
    ["by an address in place of a name", "https://203.0.113.7/"],
    ["by an address of IPv6", "https://[2001:db8::1]/"],
  ])("is not called %s, listed or not", async (_, to) => {
    const { error } = await run(world, script(`return (await fetch("${to}")).status;`), {
      hosts: ["hooks.example.com"],
    });
    expect(error?.message).toMatch(
      /^(?:only public https addresses are called|the host is not on the script's list|.*credentials.*)$/i,
    );
  });

  it.each([
    "203.0.113.7",
    "[2001:db8::1]",
    "user@hooks.example.com",
    "hooks.example.com/x",
    "HOOKS.example.com",
  ])("takes %s into no list", async (host) => {
    const { status } = await api("POST", `workspaces/${world.id}/scripts/test`, { body: "", hosts: [host] });
    expect(status).toBe(422);
  });

  it("does not follow a redirect to another host", async () => {
    const body = script(`
      const url = "https://hooks.example.com/redirects-a-script";
      await fetch(url, { method: "PUT", body: "302" });
      const answer = await fetch(url, { method: "POST", redirect: "follow" });
      return [answer.status, answer.headers.get("location")];`);
    expect((await run(world, body, { hosts: ["hooks.example.com"] })).output).toEqual([
      302,
      "https://internal.example.com/",
    ]);
  });

  it("smuggles no header: where a message goes, ends and comes from is not the script's to say", async () => {
    const body = script(`
      const headers = { "x-own": "1", host: "internal.example.com", "cf-connecting-ip": "10.0.0.1",
        "X-Forwarded-For": "10.0.0.1", forwarded: "for=10.0.0.1", "proxy-authorization": "x", expect: "x", te: "trailers" };
      return await (await fetch("https://hooks.example.com/echo", { headers })).json();`);
    const { output } = await run(world, body, { hosts: ["hooks.example.com"] });
    const sent = output as Record<string, string>;
    expect(sent["x-own"]).toBe("1");
    expect(JSON.stringify(sent)).not.toMatch(/internal|10\.0\.0\.1|proxy-authorization|trailers/);
    const split = script(
      `return (await fetch("https://hooks.example.com/echo", { headers: { a: "b\\r\\nhost: c" } })).status;`,
    );
    expect((await run(world, split, { hosts: ["hooks.example.com"] })).error?.name).toBe("TypeError");
  });

  it.each([
    ["TRACE", "the method TRACE is not called"],
    ["CONNECT", "Invalid HTTP method string: CONNECT"],
  ])("is not called by %s (Fetch §2.2.1)", async (method, message) => {
    const call = script(
      `return (await fetch("https://hooks.example.com/echo", { method: "${method}" })).status;`,
    );
    expect((await failed(call, { hosts: ["hooks.example.com"] }))[2]).toBe(message);
  });

  it("takes a hundred thousand bytes, and not one more", async () => {
    const call = (bytes: number) =>
      script(
        `return (await fetch("https://hooks.example.com/scripts", { method: "POST", body: "x".repeat(${bytes}) })).status;`,
      );
    const hosts = ["hooks.example.com"];
    expect((await run(world, call(100_000), { hosts })).output).toBe(204);
    expect((await failed(call(100_001), { hosts }))[2]).toBe("a script sends at most 100000 bytes");
  });

  it("is never our own: a script that minted tokens by asking for tokens would have no end", async () => {
    const body = script(`return (await fetch("http://localhost:8787/healthz")).status;`);
    expect((await failed(body, { hosts: ["localhost:8787"] }))[2]).toBe(
      "a script cannot call its own broker",
    );
  });

  it("has ten calls a run, and they are counted outside", async () => {
    const body = script(`
      const seen = [];
      for (let i = 0; i < 12; i++) seen.push(await fetch("https://hooks.example.com/scripts").then((r) => r.status, String));
      return seen;`);
    const { output } = await run(world, body, { hosts: ["hooks.example.com"] });
    expect(output).toEqual([
      ...Array.from({ length: 10 }, () => 200),
      ...Array.from({ length: 2 }, () => "TypeError: a script makes at most 10 calls"),
    ]);
  });
});

describe("running itself, to have every limit once more", () => {
  it.each([
    ["without the word", "undefined, "],
    ["with a word of its own", "'a'.repeat(64), "],
    ["with the input where the word goes", ""],
  ])("%s is refused", async (_, word) => {
    const body = `
      import { exports, withExports } from "cloudflare:workers";
      export default async ({ again }) => again ? "ran" : withExports(undefined, () => exports.default.run(${word}'{"again":1}'));`;
    expect(await failed(body)).toEqual(["failed", "TypeError", "a script does not run itself"]);
  });

  it("is refused with the words that it can read: those of the harness hold no other", async () => {
    const body = `
      import Harness from "harness.js";
      export default () => [Harness, fetch, console.log].map(String).join().match(/[0-9a-f]{32,}/);`;
    expect((await run(world, body)).output).toBe(null);
  });
});

describe("what is not its own", () => {
  it("is no binding, no variable and no secret of the Worker around it", async () => {
    const body = `
      import * as workers from "cloudflare:workers";
      export default async function () { return [workers.env, Object.keys(workers.exports), typeof process]; }`;
    expect((await run(world, body)).output).toEqual([{}, ["default"], "undefined"]);
  });

  it("is no secret that it did not name, nor any of another workspace", async () => {
    const body = script("return context.secrets;");
    expect((await run(world, body, { secrets: ["KEY"] })).output).toEqual({ KEY: "[secret KEY]" });
    expect((await run(world, body)).output).toEqual({});
    expect((await run(other, body, { secrets: ["KEY"] })).output).toEqual({});
  });

  it.each([
    ["globals", "globalThis.left = 1; return typeof left;"],
    ["a name without const", "left = 1; return typeof left;"],
    ["prototypes", "Object.prototype.left = 1; return typeof {}.left;"],
    ["intrinsics", "Array.prototype.map = () => 1; return typeof [].left;"],
  ])("%s: what a run leaves there is gone at once", async (_, body) => {
    expect((await run(world, script(body))).output).toBe("undefined");
  });

  it("nor is what the language brings without a name changed for the next run", async () => {
    const body = script(`
      const proto = Object.getPrototypeOf;
      const unnamed = {
        "function*": proto(function* () {}), "async function": proto(async () => {}),
        "async function*": proto(async function* () {}), generator: proto(proto(function* () {}.prototype)),
        array: proto([].values()), iterator: proto(proto([].values())), map: proto(new Map().entries()),
        set: proto(new Set().values()), matches: proto("".matchAll(/x/g)), text: proto(""[Symbol.iterator]()),
        headers: proto(new Headers().entries()), parameters: proto(new URLSearchParams().entries()),
        form: proto(new FormData().entries()), typed: proto(Uint8Array),
        getter: Object.getOwnPropertyDescriptor(Map.prototype, "size").get,
        setter: Object.getOwnPropertyDescriptor(Object.prototype, "__proto__").set,
      };
      return Object.keys(unnamed).filter((name) => !Object.isFrozen(unnamed[name]));`);
    expect((await run(world, body)).output).toEqual([]);
  });

  it("an intrinsic that the harness needs stays what it was", async () => {
    const body = script(`
      for (const change of [
        () => { JSON.stringify = () => '"forged"'; },
        () => { Promise.prototype.then = () => {}; },
        () => { Object.getPrototypeOf(async () => {}).constructor = null; },
        () => { console.log = () => {}; },
        () => { globalThis.fetch = null; },
        () => { delete globalThis.JSON; },
        () => { Object.defineProperty(globalThis, "JSON", { value: null }); },
      ]) try { change(); } catch {}
      console.log("still here");
      return { as: "it is" };`);
    expect(await run(world, body)).toMatchObject({
      output: { as: "it is" },
      console: [{ text: "still here" }],
    });
  });

  it.each([
    ["Error.prepareStackTrace", "Error.prepareStackTrace = () => { throw 1; }"],
    ["Symbol.species", "Object.defineProperty(Promise, Symbol.species, { get() { throw 1; } })"],
    ["Promise.prototype.then", "Object.defineProperty(Promise.prototype, 'then', { value: () => {} })"],
    ["Promise.resolve", "Promise.resolve = () => ({ then() {} })"],
    ["Array.prototype.push", "Array.prototype.push = () => { throw 1; }"],
    ["String.prototype.slice", "String.prototype.slice = () => 'forged'"],
    ["JSON.parse", "JSON.parse = () => ({ forged: true })"],
    ["AsyncLocalStorage", "hooks.AsyncLocalStorage.prototype.getStore = () => ({ console: [] })"],
    ["the harness", "harness.default.prototype.run = () => '{}'"],
  ])("%s is not poisoned, though the script does so before anything runs", async (_, poison) => {
    const body = `
      import * as hooks from "node:async_hooks";
      import * as harness from "harness.js";
      try { ${poison}; } catch {}
      export default async (context) => { console.log("here"); if (context.fail) throw new TypeError("own"); return context.given; };`;
    const input = { given: ["a"] };
    expect(await run(world, body, { input })).toMatchObject({ output: ["a"], console: [{ text: "here" }] });
    expect((await run(world, body, { input: { fail: true } })).error).toMatchObject({
      name: "TypeError",
      message: "own",
    });
  });

  it("errors and objects may still have a name and a toString of their own", async () => {
    const body = script(`
      "use strict";
      class Own extends Error { constructor(text) { super(text); this.name = "Own"; } }
      const thing = {};
      thing.toString = () => "thing";
      throw new Own(String(thing));`);
    expect(await failed(body)).toEqual(["failed", "Own", "thing"]);
  });
});

describe("text that is not one function", () => {
  it.each(["} } }; evil();", "module.exports = async function () {", "}) ; (function () {"])(
    "%s closes nothing of ours",
    async (body) => {
      const { as, error } = await run(world, body);
      expect([as, error!.name, error!.line]).toEqual(["failed", "SyntaxError", 1]);
    },
  );

  it("a script without a function is told what it lacks", async () => {
    const message = "the script exports no function: module.exports = async function (context) { … }";
    for (const body of ["", "module.exports = 5;", "export default { run() {} };"])
      expect(await failed(body)).toEqual(["failed", "TypeError", message]);
  });

  it("cannot make code of text, with the constructor of any kind of function", async () => {
    const message = "Code generation from strings disallowed for this context";
    for (const body of [
      "return eval('1');",
      "return new Function('return 1')();",
      "return context.constructor.constructor('return 1')();",
      "return (async () => {}).constructor('return 1')();",
      "return (function* () {}).constructor('yield 1')();",
      "return (async function* () {}).constructor('yield 1')();",
    ])
      expect(await failed(script(body))).toEqual(["failed", "EvalError", message]);
  });
});

describe("an answer that is not plain", () => {
  it.each([
    ["a getter that throws", "return { get authn_ctx() { throw new Error('no'); } };", "no"],
    ["a proxy that throws", "return new Proxy({}, { ownKeys() { throw new Error('no'); } });", "no"],
    ["a circle", "const a = {}; a.a = a; return a;", /^Converting circular structure to JSON/],
    ["a BigInt", "return { authn_ctx: { n: 1n } };", "Do not know how to serialize a BigInt"],
  ])("%s fails", async (_, body, message) => {
    expect((await failed(script(body)))[2]).toEqual(
      typeof message === "string" ? message : expect.stringMatching(message),
    );
  });

  it.each([
    ["a function", "return () => 1;", undefined],
    ["a getter", "return { get a() { return 1; } };", { a: 1 }],
    ["a proxy", "return new Proxy({ a: 1 }, {});", { a: 1 }],
    ["a thenable", "return { then(done) { done({ a: 1 }); } };", { a: 1 }],
    ["toJSON", "return { toJSON: () => ({ a: 1 }) };", { a: 1 }],
  ])("%s is what JSON makes of it", async (_, body, output) => {
    expect((await run(world, script(body))).output).toEqual(output);
  });

  it("a value thrown that cannot be shown is still an error", async () => {
    expect(
      await failed(script("throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 1; } });")),
    ).toEqual(["failed", "Error", "the script threw a value that cannot be shown"]);
    expect(await failed(script("throw 'plain';"))).toEqual(["failed", "Error", "plain"]);
  });

  it.each([
    ["an error", "Object.assign(new Error('x'.repeat(5_000)), { name: 'n'.repeat(5_000) })", 100],
    ["a text", "'x'.repeat(5_000)", 5],
  ])("%s that is thrown and long is cut, and still says what it is", async (_, thrown, length) => {
    const { error } = await run(world, script(`throw ${thrown};`));
    expect([error?.name.length, error?.message]).toEqual([length, "x".repeat(1_000)]);
  });

  it.each(["abortIsolate()", "process.exit(1)"])("%s ends the script and nothing else", async (end) => {
    const body = `
      import * as workers from "cloudflare:workers";
      const { abortIsolate } = workers;
      export default async function () { ${end}; }`;
    expect((await run(world, body)).as).toBe("failed");
    expect((await run(world, script("return 1;"))).output).toBe(1);
  });
});

it.each([
  ["as the name of an error", "throw Object.assign(new Error('x'), { name: KEY });"],
  [
    "with a user name before it, for the Authorization header",
    "console.log(btoa('u:' + KEY), btoa('me:' + KEY + ':x'), btoa('you:' + KEY));",
  ],
  ["in hex", "console.log([...KEY].map((c) => c.charCodeAt(0).toString(16)).join(''));"],
  ["where a line was cut in the midst of it", "console.log('.'.repeat(985) + KEY);"],
  ["where an error was cut in the midst of it", "throw new Error('.'.repeat(985) + KEY);"],
])("a secret is blanked %s", async (_, body) => {
  const text = JSON.stringify(
    await run(world, script(`const { KEY } = context.secrets; ${body}`), { secrets: ["KEY"] }),
  );
  expect(text).toContain("[secret KEY]");
  for (const part of [
    "secret-of-the",
    "a-secret-of-",
    "LXNlY3JldC1v",
    "c2VjcmV0LW9m",
    "NlY3JldC1vZi",
    "7365637265742d",
  ])
    expect(text, part).not.toContain(part);
});

it("a secret is blanked wherever people read, also where it was encoded", async () => {
  const body = script(`
    const { KEY } = context.secrets;
    console.log(KEY, { header: "Basic " + btoa(KEY) }, encodeURIComponent(KEY));
    if (context.fail) throw new Error("with " + KEY);
    return { [KEY]: [KEY] };`);
  const rest = { secrets: ["KEY"] };
  const returned = await run(world, body, rest);
  const thrown = await run(world, body, { ...rest, input: { fail: true } });
  for (const text of [JSON.stringify(returned), JSON.stringify(thrown)]) {
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(btoa(SECRET).replaceAll("=", ""));
    expect(text).toContain("[secret KEY]");
  }
  expect(thrown.error).toMatchObject({ name: "Error", message: "with [secret KEY]", line: 4 });
});
