/** What every command is given. */
import type { Deployment } from "./deployment.ts";
import type { Files } from "./files.ts";
import type { Options } from "./options.ts";
import type { Environment } from "./references.ts";
import type { Paint } from "./describe-plan.ts";

export interface Setting {
  readonly options: Options;
  readonly origin: string;
  readonly deployment: Deployment;
  readonly files: Files;
  readonly environment: Environment;
  /** One line for the person; stderr where stdout is a file. */
  readonly say: (line: string) => void;
  readonly paint: Paint;
}

/** 0: done or no difference; 2: a difference. Everything else is an error. */
export type Command = (setting: Setting) => Promise<0 | 2>;
