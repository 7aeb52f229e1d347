/** Signing everybody out: for when something leaked, and nobody can say whom it concerns. */
import { confirmation, confirmed } from "../confirm.tsx";
import type { Desk } from "../desk.ts";
import { fromNow } from "../from-now.ts";
import type { Page } from "../page.ts";
import { SETTINGS, TRAIL } from "./tabs.tsx";

export const ending: Page = {
  path: `${SETTINGS}/end`,
  area: "workspaces",
  verb: "write",
  get: async (desk) => confirmation(asked(desk)),
  async post(desk, typed) {
    if (!confirmed(typed, desk.workspace)) return confirmation({ ...asked(desk), wrong: typed });
    await desk.write("PATCH", "", { not_before: fromNow() });
    return { to: desk.href(SETTINGS), said: "ended" };
  },
};

function asked(desk: Desk) {
  const { workspace } = desk;
  return {
    title: "Sign everybody out",
    trail: TRAIL,
    breaks: [
      `Within ten seconds all sessions of ${workspace} end, for all people and connections, and all refresh and access tokens of all applications.`,
      "People sign in again, and programs get new tokens. What people agreed to stays. A signed token that an API checks by itself is good until it expires.",
      ...(workspace === "system" ? ["Operators are signed out of this console, too: also you."] : []),
    ],
    name: workspace,
    button: "Sign everybody out",
    back: desk.href(SETTINGS),
  };
}
