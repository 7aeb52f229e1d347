/** Request → grant, or → a question to the person. */
import { PORTAL } from "../../config/portal.ts";
import { randomId } from "../../crypto/handle.ts";
import type { Sealed } from "../../crypto/seal.ts";
import type { Authentication } from "../../flow.ts";
import { lasting, undecided, type AskingSince } from "../../oauth/consent.ts";
import { clock, NEVER } from "../rows.ts";
import type { About } from "./about.ts";
import { tellDirectory } from "./listed.ts";
import type { Person } from "./person.ts";
import type { GrantRequest, Present } from "./rows.ts";

/** What a request for a grant came to. */
export type Decision =
  /** At their own page: the session is all that it needs. */
  | { readonly as: "present" }
  | { readonly as: "granted"; readonly grant: string }
  | {
      readonly as: "asking";
      readonly login: string;
      /** For the page that asks: who is signed in, and what would be shared. */
      readonly authentication: Sealed<Authentication>;
      readonly asked: readonly string[];
    };

/** Seconds. RFC 6749 §4.1.2 allows ten minutes; a redirect takes one second. */
export const CODE_LIFETIME = 60;
/** Seconds that a consent page waits. */
const LOGIN_LIFETIME = 3_600;

/** Grants what the person agreed to before, or keeps the sign-in until they have answered. */
export function decide(
  person: Person,
  about: About,
  present: Present,
  request: GrantRequest,
  asking: AskingSince,
): Decision {
  const { client_id, scope } = request;
  if (client_id === PORTAL) return { as: "present" };
  const asked = undecided(scope, person.granted(client_id, asking), asking);
  if (asked.length === 0) return { as: "granted", grant: makeGrant(person, about, present, request) };
  const login = randomId();
  const row = { present, request, asked, lasting: lasting(asked, asking, request.claims?.implied) };
  person.rows.put("login", login, row, clock() + LOGIN_LIFETIME);
  person.record(about, { type: "consent_asked", client_id, scope: asked });
  return { as: "asking", login, authentication: present.authentication, asked };
}

/** A grant whose code is fresh. @returns its id */
export function makeGrant(person: Person, about: About, present: Present, request: GrantRequest): string {
  const id = randomId();
  const now = clock();
  // A person who took `offline_access` out gives no refresh token.
  const offline_for = request.scope.includes("offline_access") ? request.offline_for : 0;
  const state = { created_at: now, code: "fresh", generation: 0, rotated_at: 0 } as const;
  person.rows.put("grant", id, { ...request, ...present, offline_for, ...state }, now + CODE_LIFETIME);
  person.record(about, {
    type: "code_issued",
    grant: id,
    client_id: request.client_id,
    scope: request.scope,
  });
  introduce(person, about, request.client_id);
  return id;
}

/** The directory finds people by client, also those who came to it without a sign-in at their provider. */
function introduce(person: Person, about: About, client_id: string): void {
  const known = person.rows.get("person", "self");
  if (!known || known.clients.includes(client_id)) return;
  const row = { ...known, last_seen: clock(), clients: [...known.clients, client_id] };
  person.rows.put("person", "self", row, NEVER);
  tellDirectory(person, about);
}
