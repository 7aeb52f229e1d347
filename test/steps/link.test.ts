/** Which of two proven accounts may stay, and that none does where no rule names every way in that they have. */
import { expect, it } from "vitest";
import { planLink } from "../../src/steps/link.ts";

const account = (connection: string, identities: string[] = [], clients: string[] = []) => ({
  subject: `sub-${connection}`,
  connection,
  identities,
  clients,
});
const rule = (...connections: string[]) => ({ id: connections.join("-"), connections, not_before: 0 });

it.each([
  ["that no rule names", [], account("a"), account("b")],
  [
    "of which one has a third way in that the rule does not name",
    [rule("a", "b")],
    account("a", ["c"]),
    account("b"),
  ],
  [
    "that two rules name in pairs, and none together",
    [rule("a", "c"), rule("a", "b")],
    account("a", ["c"]),
    account("b"),
  ],
  [
    "whose rule is younger than the proof",
    [{ ...rule("a", "b"), not_before: 11 }],
    account("a"),
    account("b"),
  ],
])("accounts %s are not made one", (_, rules, mine, other) => {
  expect(planLink(mine, other, rules, 10)).toEqual({ as: "refused", reason: "no_rule" });
});

it("one rule that names all of them allows it", () => {
  const plan = planLink(account("a", ["c"]), account("b"), [rule("a", "b", "c")], 10);
  expect(plan).toEqual({ as: "joined", stays: "this" });
});
