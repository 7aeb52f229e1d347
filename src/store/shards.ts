/** Names of objects that share a load. Object names cannot be listed, so each is computed from what is known. */
import { fingerprint } from "../config/fingerprint.ts";
import type { Seconds } from "../flow.ts";

/** Objects that hold the directory of one workspace. Fixed: another number would be another place to look. */
export const DIRECTORY_SHARDS = 16;
/** Objects that hold single-use values of one workspace. */
export const ONCE_SHARDS = 64;
const DAY = 86_400;

/** @param subject hex, evenly spread because it is a MAC */
export function directoryShard(workspace: string, subject: string): string {
  return shardOf(workspace, Number.parseInt(subject.slice(0, 2), 16) % DIRECTORY_SHARDS);
}

/** One of the {@link DIRECTORY_SHARDS}, or of the {@link ONCE_SHARDS}. */
export function shardOf(workspace: string, index: number): string {
  return `${workspace}/${index}`;
}

/** Events of one workspace and day. */
export function auditShard(workspace: string, at: Seconds): string {
  return `${workspace}/${Math.floor(at / DAY)}`;
}

/** Spreads values that their senders chose. Nothing rests on it but load. */
export function onceShard(workspace: string, value: string): string {
  return shardOf(workspace, Number.parseInt(fingerprint(value), 16) % ONCE_SHARDS);
}

/** A person's object. */
export function subjectObject(workspace: string, subject: string): string {
  return `${workspace}/${subject}`;
}
