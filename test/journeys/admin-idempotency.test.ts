/** `Idempotency-Key`: a retry gets the answer of the first try, secrets that are shown once included. */
import { expect, it } from "vitest";
import { api, problem } from "../api.ts";
import { DAY, pass } from "../clock.ts";
import { operatorClient, bearer } from "../operators.ts";
import { makeWorld, random } from "../world.ts";

const world = await makeWorld();
const at = (record: string) => `workspaces/${world.id}/${record}`;
const app = { client_name: "App", redirect_uris: ["https://app.example.com/cb"] };
const fresh = () => ({ "idempotency-key": `key-${random()}-${random()}` });
const REUSED = [422, "the Idempotency-Key was used for another request"];

it("the same request again gives the same answer, with the same secret", async () => {
  const key = fresh();
  const [first, again] = [
    await api("POST", at("clients"), app, key),
    await api("POST", at("clients"), app, key),
  ];
  expect(first.status).toBe(201);
  expect(first.body["client_secret"]).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect([again.status, again.headers.get("etag"), again.body]).toEqual([
    201,
    first.headers.get("etag"),
    first.body,
  ]);
});

it("another body, path or method under the same key is refused", async () => {
  const key = fresh();
  expect((await api("PUT", at("scopes/one"), {}, key)).status).toBe(201);
  expect(problem(await api("PUT", at("scopes/one"), { display_name: "x" }, key))).toEqual(REUSED);
  expect(problem(await api("PUT", at("scopes/two"), {}, key))).toEqual(REUSED);
  expect(problem(await api("PATCH", at("scopes/one"), {}, key))).toEqual(REUSED);
  expect((await api("GET", at("scopes/two"))).status).toBe(404);
});

it.each([[{ client_id: `given-${random()}`, ...app }], [app]])(
  "twenty at once of %j create one",
  async (body) => {
    const key = fresh();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api("POST", at("clients"), body, key)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  },
);

it("a patch that is tried again after somebody else's change is still the same request", async () => {
  const key = fresh();
  await api("PUT", at("scopes/patched"), { display_name: "One" });
  const first = await api("PATCH", at("scopes/patched"), { display_name: "Two" }, key);
  await api("PATCH", at("scopes/patched"), { description: "by somebody else" });
  const again = await api("PATCH", at("scopes/patched"), { display_name: "Two" }, key);
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect((await api("GET", at("scopes/patched"))).body["description"]).toBe("by somebody else");
});

it("what was refused is judged again", async () => {
  const key = fresh();
  expect((await api("POST", at("apis"), { name: "No identifier" }, key)).status).toBe(422);
  const mended = { name: "Mended", identifier: `https://${random()}.example.com` };
  expect((await api("POST", at("apis"), mended, key)).status).toBe(201);
});

it("one operator's key is nothing to another", async () => {
  const key = fresh();
  const other = await operatorClient(["workspaces:write"], [world.id]);
  await api("PUT", at("scopes/mine"), { display_name: "mine" }, key);
  const theirs = await api("PUT", at("scopes/theirs"), {}, { ...key, ...bearer(other.token) });
  expect([theirs.status, theirs.body["name"]]).toEqual([201, "theirs"]);
});

it.each(["short", "x".repeat(256), "with a space in the middle"])("the key %s is refused", async (key) => {
  const headers = { "idempotency-key": key };
  expect(problem(await api("POST", at("clients"), app, headers))).toEqual([
    400,
    "Idempotency-Key must have 16 to 255 printable characters",
  ]);
});

it("an answer is kept for a day", async () => {
  const key = fresh();
  const first = await api("POST", at("clients"), app, key);
  pass(DAY + 1);
  const later = await api("POST", at("clients"), app, key);
  expect(later.status).toBe(201);
  expect(later.body["client_id"]).not.toBe(first.body["client_id"]);
});
