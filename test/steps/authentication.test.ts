/** Whether a sign-in is recent enough (OpenID Connect Core §3.1.2.1), and what is kept of it. */
import { describe, expect, it } from "vitest";
import { openKeyring } from "../../src/crypto/keyring.ts";
import { seal, type Sealed } from "../../src/crypto/seal.ts";
import type { Authentication, AuthorizationRequest } from "../../src/flow.ts";
import { isRecent, mustBeAnew } from "../../src/steps/authentication.ts";
import { openAuthentication, sealAuthentication } from "../../src/steps/stored-authentication.ts";

const ASKED = 1_800_000_000;
const LEFT = ASKED + 5;
const recent = (auth_time: number | undefined, request: object, forced = false) =>
  isRecent(
    auth_time === undefined ? {} : { auth_time },
    { prompt: [], requested_at: ASKED, ...request } as unknown as AuthorizationRequest,
    { left_at: LEFT, forced },
  );

describe("without prompt=login and max_age", () => {
  it.each([undefined, 0, ASKED])("auth_time %j will do", (auth_time) => {
    expect(recent(auth_time, {})).toBe(true);
  });
});

describe("with max_age=60", () => {
  it.each<[number | undefined, boolean]>([
    [undefined, false],
    [ASKED - 61, false],
    [ASKED - 60, true],
    [LEFT, true],
  ])("auth_time %j: %j", (auth_time, expected) => {
    expect(recent(auth_time, { max_age: 60 })).toBe(expected);
  });
});

describe.each<[string, object]>([
  ["prompt=login", { prompt: ["login"] }],
  ["max_age=0", { max_age: 0 }],
  ["prompt=login beside a large max_age", { prompt: ["login"], max_age: 100_000 }],
])("with %s", (_, request) => {
  it("only a sign-in after the browser left will do", () => {
    expect(recent(undefined, request)).toBe(false);
    expect(recent(LEFT - 1, request)).toBe(false);
    expect(recent(LEFT, request)).toBe(true);
  });

  it("a provider that was asked to authenticate anew may have a clock that is thirty seconds behind", () => {
    expect(recent(LEFT - 30, request, true)).toBe(true);
    expect(recent(LEFT - 31, request, true)).toBe(false);
  });
});

it("prompt=login and max_age=0 ask for a new authentication, and nothing else does", () => {
  const anew = (request: object) => mustBeAnew({ prompt: [], ...request });
  expect([anew({ prompt: ["login"] }), anew({ max_age: 0 })]).toEqual([true, true]);
  expect([anew({}), anew({ max_age: 1 }), anew({ prompt: ["consent", "select_account"] })]).toEqual([
    false,
    false,
    false,
  ]);
});

describe("what is kept with a session", () => {
  const broker = { keyring: openKeyring(`k1:${"A".repeat(43)}`), workspace: { id: "w" } } as never;
  const email = { value: "ada@example.com", lineage: [{ from: "protocol" }] } as const;
  const kept: Authentication = {
    connection: "pool",
    method: "cognito",
    idp_sub: "sub-of-ada",
    context: { email, address: { value: { city: "Paris" }, lineage: [] } },
  };
  const ran = { read: [], mapped: [], changed: [] };
  const authentication = { ...kept, at_provider: { name_id: "ada" }, ran };

  it("are the values; where each came from is kept with the lineage of the sign-in", async () => {
    const sealed = await sealAuthentication(broker, "ada", authentication);
    expect(await openAuthentication(broker, "ada", sealed)).toEqual({
      ...kept,
      context: { ...kept.context, email: { value: "ada@example.com", lineage: [] } },
    });
  });

  it("opens as well when it was kept with their origins, as it once was", async () => {
    const place = { purpose: "context", workspace: "w", owner: "ada" } as const;
    const before: Sealed<Authentication> = await seal(openKeyring(`k1:${"A".repeat(43)}`), place, kept);
    expect(await openAuthentication(broker, "ada", before)).toEqual(kept);
  });
});
