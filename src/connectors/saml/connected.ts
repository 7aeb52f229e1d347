/** A connection in use. */
import type { Tools } from "../connector.ts";
import type { Credentials, Settings } from "./settings.ts";

export interface Connected {
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly tools: Tools;
}
