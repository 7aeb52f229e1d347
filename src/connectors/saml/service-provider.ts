/** Who we are to the provider of a connection. These addresses are copied into its console and never change. */
import type { Tools } from "../connector.ts";
import type { Settings } from "./settings.ts";

export interface ServiceProvider {
  readonly entity_id: string;
  /** Assertion Consumer Service. */
  readonly acs: string;
  /** Single logout: where the provider sends its answer. */
  readonly slo: string;
}

export function serviceProvider(
  { entity_issuer }: Pick<Settings, "entity_issuer">,
  { callback }: Pick<Tools, "callback">,
): ServiceProvider {
  return {
    entity_id: entity_issuer ?? new URL("metadata", callback).href,
    acs: callback.href,
    slo: new URL("slo", callback).href,
  };
}
