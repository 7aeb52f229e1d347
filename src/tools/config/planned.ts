/** The plan of a command: its file, held against its deployment. */
import type { Plan } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import type { Files } from "./files.ts";
import { readLive } from "./live.ts";
import { makePlan } from "./make-plan.ts";
import type { Environment } from "./references.ts";
import { readSource } from "./source.ts";
import { readWanted } from "./wanted.ts";

interface Held {
  readonly origin: string;
  readonly deployment: Deployment;
  readonly files: Files;
  readonly environment: Environment;
}

/** @param how the workspace that is preferred to the file's; whether what is not in the file goes @throws Refusal */
export async function planned(
  { origin, deployment, files, environment }: Held,
  { workspace, prune = false }: { readonly workspace?: string | undefined; readonly prune?: boolean },
): Promise<Plan> {
  // A file that is not valid is refused before anything is asked of the deployment.
  const wanted = readWanted(readSource(files.name, await files.read()), environment, workspace);
  const live = await readLive(deployment, wanted.workspace, origin);
  return makePlan(deployment, wanted, live, prune);
}
