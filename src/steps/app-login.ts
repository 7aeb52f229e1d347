/** `login_id`: which sign-in of which person waits, in which workspace. Its MAC is checked before an object is woken. */
import type { Broker } from "../broker.ts";
import { type Handle, readHandle, writeHandle } from "../crypto/handle.ts";
import type { Keyring } from "../crypto/keyring.ts";

type Named = Pick<Broker, "keyring" | "workspace">;

/** `{workspace}~{handle}`: an application knows nothing but this. */
export async function writeLogin(
  { keyring, workspace }: Named,
  { subject, login }: { readonly subject: string; readonly login: string },
): Promise<string> {
  const handle = { subject, id: login, generation: 0 };
  return `${workspace.id}~${await writeHandle(keyring, "login", workspace.id, handle)}`;
}

/** @returns undefined for one that this deployment did not write */
export async function readLogin(
  keyring: Keyring,
  value: string,
): Promise<(Handle & { readonly workspace: string }) | undefined> {
  const [workspace = "", text = ""] = value.split("~", 2);
  const handle = await readHandle(keyring, "login", workspace, text);
  return handle && { ...handle, workspace };
}
