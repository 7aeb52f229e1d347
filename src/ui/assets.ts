/** What pages load: each under a name that changes with its content, so that browsers may keep it for good. */
import { editor } from "./editor.ts";
import { lineage } from "./lineage.ts";
import { script } from "./script.ts";
import { desk } from "./style/desk.ts";
import { fingerprint } from "../config/fingerprint.ts";
import { stylePath, stylesheet } from "./style.ts";

export interface Asset {
  readonly path: string;
  readonly type: "text/css" | "text/javascript";
  readonly body: string;
}

const style: Asset = { path: stylePath, type: "text/css", body: stylesheet };

const deskSheet = desk.replace(/\n\s*/g, "\n").trim();

/** What the console adds to the style sheet of every page. */
export const consoleStyle: Asset = {
  path: `/assets/console.${fingerprint(deskSheet)}.css`,
  type: "text/css",
  body: deskSheet,
};

const whole = script + editor + lineage;

/** The one script there is. */
export const consoleScript: Asset = {
  path: `/assets/console.${fingerprint(whole)}.js`,
  type: "text/javascript",
  body: whole,
};

export const ASSETS: readonly Asset[] = [style, consoleStyle, consoleScript];
