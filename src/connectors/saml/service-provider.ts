/** Who we are to the provider of a connection. These addresses are copied into its console and never change. */
import type { Tools } from "../connector.ts";
import type { Settings } from "./settings.ts";

export interface ServiceProvider {
  readonly entity_id: string;
  /** Assertion Consumer Service. */
  readonly acs: string;
}

export function serviceProvider(
  { entity_issuer }: Pick<Settings, "entity_issuer">,
  { callback, connection }: Pick<Tools, "callback" | "connection">,
): ServiceProvider {
  const at = (path: string) => new URL(`../saml/${connection}/${path}`, callback).href;
  return { entity_id: entity_issuer ?? at("metadata"), acs: at("acs") };
}
