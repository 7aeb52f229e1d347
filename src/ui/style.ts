import { fingerprint } from "../config/fingerprint.ts";
import { base } from "./style/base.ts";
import { frame } from "./style/frame.ts";
import { parts } from "./style/parts.ts";
import { room } from "./style/room.ts";
import { tokens } from "./style/tokens.ts";

/** The one style sheet of every page. */
export const stylesheet = [tokens, base, frame, parts, room].join("").replace(/\n\s*/g, "\n").trim();

/** Its address, which changes with its content, so that browsers may keep it for good. */
export const stylePath = `/assets/style.${fingerprint(stylesheet)}.css`;
