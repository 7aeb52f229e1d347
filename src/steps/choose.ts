/** Connections and what is known of the person → to one of them, or what the chooser shows. */
import type { ConnectionSummary } from "../config/connection.ts";
import { domainOf } from "../config/discovery.ts";

export interface Choice {
  readonly connections: readonly ConnectionSummary[];
  /** Where discovery is on: the address that was given, and what its domain led to. */
  readonly discovery?: {
    readonly address: string;
    readonly led: "nowhere yet" | "to a connection" | "to none" | "to no domain";
  };
}

/**
 * Looks at the domain of an address and at nothing else, so it cannot tell whether anybody has that address.
 * @param address `login_hint`, or what the person wrote
 */
export function choose(
  connections: readonly ConnectionSummary[],
  discovers: boolean,
  address = "",
): Choice | { readonly to: ConnectionSummary } {
  const usable = connections.filter(({ disabled }) => !disabled);
  const visible = usable.filter(({ hidden }) => !hidden);
  const [only] = visible;
  if (!discovers || !usable.some(hasDomains))
    return only && visible.length === 1 ? { to: only } : { connections: visible };
  const domain = domainOf(address);
  const found = usable.find(({ discovery }) => domain && discovery?.domains.includes(domain));
  if (found?.discovery?.instant_redirect) return { to: found };
  if (found) return { connections: [found], discovery: { address, led: "to a connection" } };
  const led = address === "" ? "nowhere yet" : domain ? "to none" : "to no domain";
  return { connections: visible.filter((one) => !hasDomains(one)), discovery: { address, led } };
}

const hasDomains = ({ discovery }: ConnectionSummary) => (discovery?.domains.length ?? 0) > 0;
