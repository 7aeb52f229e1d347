/** What a person's object keeps of an authentication opens again: as it was, and as earlier versions of this software wrote it. */
import { expect, it } from "vitest";
import type { Broker } from "../../src/broker.ts";
import { openKeyring } from "../../src/crypto/keyring.ts";
import { seal } from "../../src/crypto/seal.ts";
import type { Authentication } from "../../src/flow.ts";
import { openAuthentication, sealAuthentication } from "../../src/steps/stored-authentication.ts";

const broker = { keyring: openKeyring(`k1:${"A".repeat(43)}`), workspace: { id: "w" } } as unknown as Broker;
const place = { purpose: "context", workspace: "w", owner: "s" } as const;
const about = { connection: "pool", method: "cognito", idp_sub: "u", amr: ["pwd"] };
const values = { email: "ada@example.com", constructor: false, "address.country": "", groups: [] };
const context = Object.fromEntries(
  Object.entries(values).map(([name, value]) => [name, { value, lineage: [] }]),
);

it("every value under its name, and nothing of how it came about", async () => {
  const ran = { read: [], mapped: [], changed: [] };
  const sealed = await sealAuthentication(broker, "s", { ...about, context, ran, at_provider: { sid: "x" } });
  expect(await openAuthentication(broker, "s", sealed)).toEqual({ ...about, context });
  expect(await openAuthentication(broker, "another", sealed)).toBeUndefined();
});

it.each([
  ["values by name", { ...about, values }],
  ["the whole context", { ...about, context }],
])("one that was kept as %s", async (_, kept) => {
  const sealed = await seal<Authentication>(broker.keyring, place, kept as unknown as Authentication);
  expect(await openAuthentication(broker, "s", sealed)).toEqual({ ...about, context });
});
