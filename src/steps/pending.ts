/** A sign-in that waits for its browser: sealed in a cookie, so that nothing is stored before authentication. */
import type { Broker } from "../broker.ts";
import { seal, unseal } from "../crypto/seal.ts";
import type { Seconds, Waiting } from "../flow.ts";
import { OAuthError } from "../oauth/error.ts";

/** Seconds that a pending sign-in may take. */
export const PENDING_LIFETIME = 3_600;
/** Bytes of name and value; browsers drop larger cookies silently, at 4,096. */
const LARGEST_COOKIE = 4_000;
const DAY = 86_400;
const HANDLE = /^[A-Za-z0-9_-]{22}$/;

type PendingBroker = Pick<Broker, "keyring" | "workspace" | "now">;

/** `__Host-{workspace}-p-{handle}`: one cookie a pending sign-in, so that two tabs keep theirs apart. */
export function pendingName(workspace: string, handle: string): string {
  return `__Host-${workspace}-p-${handle}`;
}

/** The length of a handle is part of it: the workspace `a` must not take `a-p-…` of the workspace `a-p` for its own. */
export function isPending(workspace: string, cookie: string): boolean {
  const start = pendingName(workspace, "");
  return cookie.startsWith(start) && HANDLE.test(cookie.slice(start.length));
}

/** `{made at}-{sealed}`; the time is only there to find the oldest. @throws OAuthError when it would not fit */
export async function sealPending(broker: PendingBroker, handle: string, waiting: Waiting): Promise<string> {
  const now = broker.now();
  const sealed = await seal(broker.keyring, place(broker, waiting, handle, Math.floor(now / DAY)), {
    waiting,
    now,
  });
  const value = `${now.toString(36)}-${sealed}`;
  const size = pendingName(broker.workspace.id, handle).length + value.length;
  if (size > LARGEST_COOKIE && waiting.at === "consent" && waiting.shared) {
    // The page asks the person's object instead.
    const { shared: _, ...rest } = waiting;
    return sealPending(broker, handle, rest);
  }
  if (size > LARGEST_COOKIE)
    throw new OAuthError(
      "invalid_request",
      `the request needs ${size} bytes in the browser and ${LARGEST_COOKIE} fit, so state or another parameter must be shorter`,
    );
  return value;
}

/** When a cookie's sign-in began, as the browser says. */
export function pendingSince(value: string): Seconds {
  return Number.parseInt(value.split("-", 1)[0] ?? "", 36) || 0;
}

/** @returns undefined for what was not sealed for this workspace, place and handle, or is older than an hour */
export async function openPending<A extends Waiting["at"]>(
  broker: PendingBroker,
  handle: string,
  at: A,
  owner: string,
  value: string,
): Promise<Extract<Waiting, { at: A }> | undefined> {
  const now = broker.now();
  const sealed = value.slice(value.indexOf("-") + 1);
  const today = Math.floor(now / DAY);
  for (const day of [today, today - 1]) {
    const where = { ...purpose(broker, day), owner: JSON.stringify([at, owner, handle]) };
    const opened = await unseal<{ waiting: Extract<Waiting, { at: A }>; now: Seconds }>(
      broker.keyring,
      where,
      sealed,
    );
    if (opened) return opened.now + PENDING_LIFETIME > now ? opened.waiting : undefined;
  }
  return undefined;
}

function place(broker: PendingBroker, waiting: Waiting, handle: string, day: number) {
  const owner = waiting.at === "upstream" || waiting.at === "proving" ? waiting.connection : "";
  return { ...purpose(broker, day), owner: JSON.stringify([waiting.at, owner, handle]) };
}

function purpose({ workspace }: PendingBroker, day: number) {
  return { purpose: "pending", workspace: workspace.id, day } as const;
}
