/** What is measured, in this order: subjects that do the same work take turns, so that the machine's moods fall on all. */
import type { SubjectName } from "./subjects/index.ts";

export interface Row {
  readonly work: string;
  readonly subjects: readonly SubjectName[];
  /** Takes minutes to set up. */
  readonly slow?: true;
}

const ours: readonly SubjectName[] = ["vestibule"];

export const PLAN: readonly Row[] = [
  { work: "hello", subjects: ["floor"] },
  { work: "sign-in, new person", subjects: ["vestibule", "floor", "openauth"] },
  { work: "sign-in, returning person", subjects: ["vestibule", "floor", "openauth"] },
  { work: "sign-in, consent remembered", subjects: ours },
  { work: "sign-in, context cached", subjects: ours },
  { work: "sign-in, SAML", subjects: ours },
  { work: "sign-in, with a script", subjects: ours },
  { work: "sign-in, 100 mappings", subjects: ours },
  { work: "sign-in, 10,000 clients", subjects: ours, slow: true },
  { work: "authorize and token", subjects: ["workers-oauth-provider"] },
  { work: "refresh", subjects: ["vestibule", "openauth"] },
  { work: "client credentials", subjects: ["vestibule", "oidc-provider"] },
  { work: "introspection", subjects: ours },
  { work: "userinfo", subjects: ours },
  { work: "discovery", subjects: ["vestibule", "openauth"] },
  { work: "JWKS", subjects: ["vestibule", "openauth"] },
  { work: "authorize, flood", subjects: ours },
  { work: "refused, forged code", subjects: ours },
  { work: "refused, forged cookie", subjects: ours },
];
