import type { Command } from "../command.ts";
import { readLive } from "../live.ts";
import { Refusal } from "../../refusal.ts";
import { writeFileText } from "../write-file.ts";

/** A workspace → its file. */
export const exportWorkspace: Command = async ({ options, deployment, files }) => {
  const { workspace = "", origin, file } = options;
  const live = await readLive(deployment, workspace, origin);
  if (!live.exists) throw new Refusal(`there is no workspace ${workspace}`);
  await files.write(writeFileText(live, file.endsWith(".json")));
  return 0;
};
