/** Scripts on trial, by the API. */
import { must } from "./api.ts";
import type { World } from "./world.ts";

export interface Ran {
  readonly as: "succeeded" | "failed";
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly line?: number };
  readonly console: readonly { readonly level: string; readonly text: string }[];
}

export async function run(world: World, body: string, rest: object = {}): Promise<Ran> {
  return (await must("POST", `workspaces/${world.id}/scripts/test`, { body, ...rest })) as unknown as Ran;
}

/** A script whose function has this body. */
export const script = (body: string): string => `module.exports = async function (context) { ${body} };`;
