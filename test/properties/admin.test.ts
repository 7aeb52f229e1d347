/** Requests made from the OpenAPI document, as nobody means them: never a 5xx, always problem details (RFC 9457). */
import fc from "fast-check";
import { beforeAll, expect, it, vi } from "vitest";
import { exports } from "cloudflare:workers";
import { ALL_OPERATIONS } from "../../src/admin/openapi/document.ts";
import { RECORDS } from "../../src/store/workspace/records.ts";
import { must } from "../api.ts";
import { bindings, ORIGIN } from "../bindings.ts";
import { operatorClient } from "../operators.ts";
import { API_SCOPES } from "../../src/config/api-scopes.ts";
import { makeWorld } from "../world.ts";
import * as z from "zod";

const [mine, other] = [await makeWorld(), await makeWorld()];
const robot = await operatorClient(API_SCOPES, [mine.id]);

/** Everything of the other workspace, with its versions. */
async function everything(): Promise<string> {
  const kinds = ["connections", "clients", "apis", "scopes", "claims", "features", "keys", "subjects"];
  const lists = kinds.map((kind) => must("GET", `workspaces/${other.id}/${kind}?limit=200`));
  return JSON.stringify([await must("GET", `workspaces/${other.id}`), ...(await Promise.all(lists))]);
}

let before: string;
beforeAll(async () => {
  await other.connection("pool");
  await other.client("app");
  before = await everything();
});

const nasty = fc.constantFrom<unknown>(
  "javascript:alert(1)",
  "https://10.0.0.1/keys",
  "https://169.254.169.254/latest/meta-data",
  "http://localhost:1/",
  'line\r\n{"type":"sign_in","forged":true}',
  "\u0000\u001b[2J\u202e",
  "🙂".repeat(100),
  "\ud800",
  "x".repeat(70_000),
  "__proto__",
  "' OR 1=1 --",
  "../../system/clients/x",
  null,
  true,
  -1,
  1e308,
  0.1,
  [],
  {},
  [[[[]]]],
);

/** Deeper than any recursion likes. */
const deep = fc
  .constantFrom(10, 63, 64, 5_000, 200_000)
  .map((depth) => "[".repeat(depth) + "]".repeat(depth));

/** Members that the schema names, with values that it does not mean; and members that it does not name. */
function body(kind: string): fc.Arbitrary<string> {
  const record = RECORDS[kind as keyof typeof RECORDS];
  const names = record
    ? namesOf(z.toJSONSchema(record.schema, { io: "input", unrepresentable: "any" }))
    : ["x"];
  const member = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...names) },
    fc.constantFrom("__proto__", "constructor", "toString", "", "client_secret", "redirect_url", "issuer"),
    fc.string(),
  );
  const value = fc.oneof(nasty, fc.jsonValue(), fc.string({ unit: "binary" }));
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.dictionary(member, value, { maxKeys: 12 }).map((made) => JSON.stringify(made)),
    },
    deep.map((text) => `{"settings":${text}}`),
    fc
      .tuple(member, value)
      .map(
        ([name, given]) => `{"${"__proto__"}":${JSON.stringify(given ?? null)},${JSON.stringify(name)}:1}`,
      ),
    fc.json(),
    fc.string(),
  );
}

function namesOf(schema: z.core.JSONSchema.JSONSchema): string[] {
  const variants = (schema.oneOf ?? [schema]) as z.core.JSONSchema.JSONSchema[];
  return variants.flatMap(({ properties = {} }) => Object.keys(properties));
}

const word = fc.oneof(
  fc.constantFrom(
    mine.id,
    other.id,
    "system",
    "nobody",
    "x",
    "%00",
    "%",
    "%2e%2e",
    "a%2Fb",
    "0".repeat(64),
    "__proto__",
  ),
  fc.string({ unit: "binary", minLength: 1 }).map((text) => encodeURIComponent(text.toWellFormed())),
);

const request = fc.constantFrom(...ALL_OPERATIONS).chain((operation) =>
  fc.record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant(operation.method.toUpperCase()) },
      fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
    ),
    path: fc.array(word, { minLength: 4, maxLength: 4 }).map((words) => {
      let next = 0;
      // Mostly one's own workspace: the rest is refused before anything is read.
      return operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        name === "workspace" && words[3]!.length % 3 > 0 ? mine.id : words[next++]!,
      );
    }),
    query: fc.option(
      fc.dictionary(
        fc.constantFrom(
          "limit",
          "after",
          "search",
          "email",
          "login",
          "client_id",
          "type",
          "subject",
          "from",
          "to",
        ),
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.constantFrom("5", "-1", "9".repeat(30), "x".repeat(3_000)),
        ),
      ),
    ),
    headers: fc.dictionary(
      fc.constantFrom(
        "if-match",
        "if-none-match",
        "idempotency-key",
        "content-type",
        "cf-access-jwt-assertion",
      ),
      fc.oneof(
        fc.constantFrom(
          '"1"',
          "*",
          "x".repeat(20),
          "application/json",
          "application/merge-patch+json",
          '"9999999999999999"',
        ),
        fc.stringMatching(/^[\x21-\x7e]{1,40}$/),
      ),
    ),
    body: body(operation.path.split("/")[3] ?? "settings"),
    key: fc.constantFrom(robot.token, robot.token, robot.token, bindings.BOOTSTRAP_KEY, "nobody"),
  }),
);

it("finds no 5xx and no answer of another form, and changes no other workspace", async () => {
  const faults = vi.spyOn(console, "error");
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, query, headers, body, key }) => {
      // The bootstrap key may do everything; what it does elsewhere is not what is looked for here.
      const own = path.startsWith(`/workspaces/${mine.id}`);
      const url = new URL(`${ORIGIN}/api${path}`);
      for (const [name, value] of Object.entries(query ?? {}))
        url.searchParams.set(name, value.toWellFormed());
      const writes = ["POST", "PUT", "PATCH"].includes(method);
      const response = await exports.default.fetch(url, {
        method,
        headers: {
          "content-type": "application/json",
          ...headers,
          authorization: `Bearer ${own ? key : robot.token}`,
        },
        ...(writes && { body }),
        redirect: "manual",
      });
      const text = await response.text();
      expect(response.status, text).toBeLessThan(500);
      expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      if (method === "HEAD" || response.status < 400) return;
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(JSON.parse(text)).toMatchObject({ title: expect.any(String), status: response.status });
      expect(text.split("\n")).toHaveLength(1);
    }),
    { numRuns: 1_500, endOnFailure: true },
  );
  expect(faults.mock.calls).toEqual([]);
  expect(await everything()).toBe(before);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
}, 120_000);

it("a body of more than a million bytes is refused, and one of a strange type", async () => {
  const path = `${ORIGIN}/api/workspaces/${mine.id}/scopes/big`;
  const authorization = `Bearer ${robot.token}`;
  const put = async (body: string, type: string) => {
    const response = await exports.default.fetch(path, {
      method: "PUT",
      headers: { authorization, "content-type": type },
      body,
    });
    const { title } = await response.json<{ title: string }>();
    return [response.status, title];
  };
  expect(await put(JSON.stringify({ display_name: "x".repeat(1_000_000) }), "application/json")).toEqual([
    413,
    "the body has more than 1000000 bytes",
  ]);
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
    expect(await put("{}", type)).toEqual([415, "the body must be application/json"]);
  for (const body of ["", "[]", '"x"', "null", "{", "\ufeff{}x", `{"a":${"[".repeat(64)}${"]".repeat(64)}}`])
    expect(await put(body, "application/json")).toEqual([400, "the body must be a JSON object"]);
});
