import { codes } from "./codes.ts";
import { frozen } from "./frozen.ts";
import { killed } from "./killed.ts";
import { provider } from "./provider.ts";
import { refreshes } from "./refreshes.ts";
import { rotation } from "./rotation.ts";
import type { World } from "./world.ts";

/** How often each thing is done. */
export interface Size {
  /** Kills of the runtime, a step. */
  readonly kills: number;
  /** Codes that are each asked for fifty times at once. */
  readonly codes: number;
  readonly refreshes: number;
  /** Sign-ins at once, a misbehaviour. */
  readonly signIns: number;
}

export interface Fault {
  readonly name: string;
  /** @returns what was counted @throws AssertionError when something was lost, or happened twice */
  run(world: World, size: Size): Promise<string>;
}

export const faults: readonly Fault[] = [codes, refreshes, provider, rotation, frozen, killed];

export const SHORT: Size = { kills: 5, codes: 20, refreshes: 20, signIns: 5 };
export const LONG: Size = { kills: 100, codes: 1_000, refreshes: 500, signIns: 50 };
