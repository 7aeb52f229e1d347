import type { Command } from "../command.ts";
import { Refusal } from "../../refusal.ts";

/** For the owner's eyes: whoever has it and the deployment key can sign as the workspace. */
const MODE = 0o600;

/** Salt and signing keys of a workspace → a file. The rest is in what `export` writes. */
export const backup: Command = async ({ options, deployment, files }) => {
  const { workspace = "" } = options;
  const found = await deployment.read(`workspaces/${workspace}/backup`);
  if (!found) throw new Refusal(`there is no workspace ${workspace}`);
  await files.write(`${JSON.stringify(found.body, null, 2)}\n`, MODE);
  return 0;
};
