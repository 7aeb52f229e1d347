/** The session cookie: which person's object knows this browser, and through which connection. */
import type { Broker } from "../broker.ts";
import { readHandle, writeHandle } from "../crypto/handle.ts";
import type { BrowserSession } from "../flow.ts";

type SessionBroker = Pick<Broker, "keyring" | "workspace">;

/** A session of one workspace is nobody in another: the name and the key are the workspace's. */
export function sessionName(workspace: string): string {
  return `__Host-${workspace}-s`;
}

/** The connection stands beside what is vouched for: the person's object knows which it is. */
export async function writeSession(
  { keyring, workspace }: SessionBroker,
  session: BrowserSession,
): Promise<string> {
  const handle = { subject: session.subject, id: session.id, generation: 0 };
  return `${await writeHandle(keyring, "session", workspace.id, handle)}~${session.connection}`;
}

/** @returns undefined for a forged one, which wakes no object */
export async function readSession(
  { keyring, workspace }: SessionBroker,
  value: string | undefined,
): Promise<BrowserSession | undefined> {
  const [text = "", connection = ""] = value?.split("~") ?? [];
  const handle = text && (await readHandle(keyring, "session", workspace.id, text));
  return handle ? { subject: handle.subject, id: handle.id, connection } : undefined;
}
