import { Backup } from "../../../config/backup.ts";
import type { Command } from "../command.ts";
import { makeWorkspace } from "../make-workspace.ts";
import { Refusal } from "../../refusal.ts";
import { readSource } from "../source.ts";

/** A backup → a workspace that nobody has signed in to. `apply` gives it its records, before or after. */
export const restore: Command = async ({ options, deployment, files, say }) => {
  const source = readSource(files.name, await files.read());
  const read = Backup.safeParse(source.value);
  if (!read.success)
    throw new Refusal(
      read.error.issues
        .map(({ path, message }) => `${source.where(path.map(String))}: ${message}`)
        .join("\n"),
    );
  const { workspace, keys } = read.data;
  if (options.workspace !== undefined && options.workspace !== workspace)
    throw new Refusal(`${files.name} is a backup of ${workspace}, and fits no other workspace`);
  const path = `workspaces/${workspace}`;
  if (!(await deployment.read(path))) {
    await makeWorkspace(deployment, { workspace, changes: [] });
    say(`made ${workspace}`);
  }
  await deployment.restore(`${path}/backup`, read.data);
  say(`restored the salt and ${keys.length} signing keys of ${workspace}`);
  return 0;
};
