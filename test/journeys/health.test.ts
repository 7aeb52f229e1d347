/** What a monitor sees: well or not, and no detail. */
import { expect, it, vi } from "vitest";
import { pass } from "../clock.ts";
import { ORIGIN } from "../bindings.ts";
import { counting } from "../counting.ts";
import { get } from "../raw.ts";

it("is well while the configuration can be read", async () => {
  const answer = await get(`${ORIGIN}/healthz`);
  expect([answer.status, answer.json]).toEqual([200, { status: "ok" }]);
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

it("is not, when neither the authority answers nor what is remembered is fresh enough; then it heals", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await get(`${ORIGIN}/healthz`);
  const WORKSPACE = { getByName: () => ({ head: () => Promise.reject(new Error("secret detail")) }) };
  const { via } = counting({ WORKSPACE: WORKSPACE as never });
  pass(60);
  expect((await get(`${ORIGIN}/healthz`, {}, via)).status).toBe(200);
  pass(300);
  const answer = await get(`${ORIGIN}/healthz`, {}, via);
  expect([answer.status, answer.text]).toEqual([503, '{"status":"unavailable"}']);
  expect((await get(`${ORIGIN}/healthz`)).status).toBe(200);
});

it.each([{ DEPLOYMENT_KEY: "" }, { DEPLOYMENT_KEY: "k1:short" }, { ORIGIN: "http://login.example.com" }])(
  "is not, with %j, and does not say why",
  async (changed) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const answer = await get(`${ORIGIN}/healthz`, {}, counting(changed).via);
    expect([answer.status, answer.text]).toEqual([503, '{"status":"unavailable"}']);
  },
);

it.each<[object, string]>([
  [{ DEPLOYMENT_KEY: undefined }, "the secret DEPLOYMENT_KEY is not set"],
  [{ DEPLOYMENT_KEY: "k1:secret" }, "DEPLOYMENT_KEY must be id:base64url of 32 bytes, separated by commas"],
  [{ ORIGIN: undefined }, "the variable ORIGIN must be the public origin, like https://login.example.com"],
  [
    { ORIGIN: "https://login.example.com/" },
    "the variable ORIGIN must be the public origin, like https://login.example.com",
  ],
  [{ ORIGIN: "http://login.example.com" }, "the variable ORIGIN must be https"],
  [
    { ADMIN_ORIGIN: "admin.example.com" },
    "the variable ADMIN_ORIGIN must be an origin, like https://admin.example.com",
  ],
])("with %j whoever sets it up is told what to mend, and no value", async (changed, words) => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const answer = await get(`${ORIGIN}/`, {}, counting(changed).via);
  expect([answer.status, answer.text]).toEqual([500, `Vestibule is not set up yet: ${words}.\n`]);
});
