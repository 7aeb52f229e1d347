/** What is run, and what came of it. */
import type { Json } from "../flow.ts";

/** One version of a script. Another version, script or workspace has another isolate. */
export interface ScriptCode {
  readonly workspace: string;
  readonly id: string;
  readonly body: string;
  /** Hosts that it may call. */
  readonly hosts: readonly string[];
  /** Names of the secrets that it gets. */
  readonly secrets: readonly string[];
}

export interface ScriptError {
  readonly name: string;
  readonly message: string;
  /** In the script, from 1. */
  readonly line?: number;
  readonly column?: number;
}

export interface ConsoleLine {
  readonly level: "log" | "info" | "warn" | "error" | "debug";
  readonly text: string;
}

/** Secrets are blanked in everything but `output` of a run that succeeded. */
export interface Execution {
  readonly as: "succeeded" | "failed";
  /** Absent when the script returned nothing. */
  readonly output?: Json;
  readonly error?: ScriptError;
  readonly console: readonly ConsoleLine[];
  /** Milliseconds. */
  readonly duration: number;
}
