/** UpstreamIdentity → the page that asks whether it is to become the person's. Nothing is stored, and nobody is signed in. */
import type { Broker } from "../broker.ts";
import type { Authentication, BrowserSession, ProvenIdentity, Seconds, Waiting } from "../flow.ts";
import { OAuthError } from "../oauth/error.ts";
import type { Next } from "./stage.ts";
import { lookupHashes } from "./subject.ts";
import { displayName } from "./visitor.ts";

/** Seconds that a proof counts: who links accounts proves both in one sitting. */
export const SITTING: Seconds = 600;

/** @throws OAuthError `access_denied` in another session than the one that began, or too late */
export async function offerLink(
  broker: Broker,
  { request, session }: Extract<Waiting, { at: "proving" }>,
  proven: Omit<ProvenIdentity, "name">,
  authentication: Authentication,
  present: BrowserSession | undefined,
): Promise<Next> {
  // Whoever is signed in now would get an identity that another wanted for themselves.
  if (present?.subject !== session.subject || present.id !== session.id)
    throw new OAuthError("access_denied", "this was begun in another session");
  const proven_at = broker.now();
  if (request.requested_at + SITTING < proven_at)
    throw new OAuthError("access_denied", "the first proof is too old");
  const name = displayName(authentication);
  const identity = { ...proven, ...(await lookupHashes(broker, authentication)), ...(name && { name }) };
  return { go: "linking", waiting: { at: "linking", request, session, identity, proven_at } };
}
