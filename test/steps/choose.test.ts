/** Whom the chooser offers what, and when nobody is asked. */
import { describe, expect, it } from "vitest";
import type { ConnectionSummary } from "../../src/config/connection.ts";
import { choose } from "../../src/steps/choose.ts";

const connection = (id: string, given: Partial<ConnectionSummary> = {}): ConnectionSummary => ({
  id,
  name: id,
  method: "oidc",
  disabled: false,
  hidden: false,
  display_order: 0,
  not_before: 0,
  ...given,
});
const of = (domain: string, instant_redirect = false) => ({
  discovery: { domains: [domain], instant_redirect },
});
const staff = connection("staff", of("acme.com"));
const pool = connection("pool");

const shown = (connections: readonly ConnectionSummary[], discovers: boolean, address?: string) => {
  const choice = choose(connections, discovers, address);
  if ("to" in choice) return `to ${choice.to.id}`;
  return [choice.connections.map(({ id }) => id), choice.discovery?.led];
};

describe("without discovery", () => {
  it("all are offered, whatever domains they have, and one alone is gone to at once", () => {
    expect(shown([pool, staff], false, "ada@acme.com")).toEqual([["pool", "staff"], undefined]);
    expect(shown([staff], false)).toBe("to staff");
    expect(shown([], false)).toEqual([[], undefined]);
  });

  it("what is disabled or hidden is not offered, and not gone to", () => {
    for (const one of [{ disabled: true }, { hidden: true }]) {
      expect(shown([pool, connection("other", one)], false)).toBe("to pool");
      expect(shown([connection("other", one)], false)).toEqual([[], undefined]);
    }
  });
});

describe("with discovery", () => {
  it("nobody is asked for an address while no connection has a domain, or none that can be used", () => {
    expect(shown([pool, connection("other")], true)).toEqual([["pool", "other"], undefined]);
    expect(shown([pool, { ...staff, disabled: true }], true)).toBe("to pool");
    expect(
      shown([pool, connection("none", { discovery: { domains: [], instant_redirect: true } })], true),
    ).toEqual([["pool", "none"], undefined]);
  });

  it("one that is left is not gone to: the address may be of another", () => {
    expect(shown([staff], true)).toEqual([[], "nowhere yet"]);
    expect(shown([pool, staff], true)).toEqual([["pool"], "nowhere yet"]);
  });

  it("a domain leads to its connection, a hidden one too, at once only where that is wanted", () => {
    expect(shown([pool, staff], true, "ada@acme.com")).toEqual([["staff"], "to a connection"]);
    expect(shown([pool, { ...staff, hidden: true }], true, "ada@acme.com")).toEqual([
      ["staff"],
      "to a connection",
    ]);
    expect(shown([pool, { ...staff, ...of("acme.com", true) }], true, "ada@acme.com")).toBe("to staff");
  });

  it("another domain, a text that is no address, and a connection that is disabled lead nowhere", () => {
    const off = { ...connection("off", of("off.example", true)), disabled: true };
    for (const address of ["ada@other.example", "ada@off.example"])
      expect(shown([pool, staff, off], true, address)).toEqual([["pool"], "to none"]);
    expect(shown([pool, staff], true, "ada")).toEqual([["pool"], "to no domain"]);
  });
});
