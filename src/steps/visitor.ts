/** Who sits at a browser: sealed for the person's own page, and for nobody else's eyes. */
import type { Broker } from "../broker.ts";
import { seal, unseal, type Sealed } from "../crypto/seal.ts";
import type { Authentication, Visitor } from "../flow.ts";

type VisitorBroker = Pick<Broker, "keyring" | "workspace">;

/** Characters of what a browser calls itself. */
const LONGEST_AGENT = 300;

/** @param name what the person is called, where that is known */
export function sealVisitor(
  broker: VisitorBroker & Pick<Broker, "browser">,
  subject: string,
  name: string | undefined,
): Promise<Sealed<Visitor>> {
  const { user_agent, address } = broker.browser;
  const visitor = { ...(name && { name }), user_agent: user_agent.slice(0, LONGEST_AGENT), address };
  return seal(broker.keyring, place(broker, subject), visitor);
}

/** A visitor of whom nothing is known, where the deployment key that sealed it is gone. */
export async function openVisitor(
  broker: VisitorBroker,
  subject: string,
  sealed: Sealed<Visitor>,
): Promise<Visitor> {
  return (await unseal(broker.keyring, place(broker, subject), sealed)) ?? { user_agent: "", address: "" };
}

/** Who a page says is signed in; it may travel in a cookie, so it is short. */
export function displayName({ context }: Authentication): string | undefined {
  const names = [context["name"]?.value, context["email"]?.value, context["preferred_username"]?.value];
  const name = names.find((value) => typeof value === "string" && value !== "");
  return typeof name === "string" ? name.slice(0, 80) : undefined;
}

function place({ workspace }: VisitorBroker, owner: string) {
  return { purpose: "visitor", workspace: workspace.id, owner } as const;
}
