import { base } from "./style/base.ts";
import { frame } from "./style/frame.ts";
import { parts } from "./style/parts.ts";
import { room } from "./style/room.ts";
import { tokens } from "./style/tokens.ts";

/** The one style sheet of every page. */
export const stylesheet = [tokens, base, frame, parts, room].join("").replace(/\n\s*/g, "\n").trim();

/** Its address, which changes with its content, so that browsers may keep it for good. */
export const stylePath = `/assets/style.${fingerprint(stylesheet)}.css`;

/** FNV-1a: names a version, guards nothing. */
export function fingerprint(content: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < content.length; at += 1) hash = Math.imul(hash ^ content.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
