import { floor } from "./floor.ts";
import { oidcProvider } from "./oidc-provider.ts";
import { openauth } from "./openauth.ts";
import { vestibule } from "./vestibule.ts";
import { workersOauthProvider } from "./workers-oauth-provider.ts";

export interface Started {
  readonly origin: string;
  /** The process whose CPU counts. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** What is measured: ours, and what it is measured against. */
export const subjects = {
  vestibule,
  floor,
  openauth,
  "workers-oauth-provider": workersOauthProvider,
  "oidc-provider": oidcProvider,
} as const satisfies Record<string, (provider: string) => Promise<Started>>;

export type SubjectName = keyof typeof subjects;
