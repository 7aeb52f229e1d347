/** Signing out everybody who came by a connection: for when its provider was broken into. */
import { confirmation, confirmed } from "../confirm.tsx";
import { fromNow } from "../from-now.ts";
import { text } from "../text.ts";
import type { Opened, Tab } from "./tab.ts";
import { trailOf } from "./trail.ts";

export const end: Tab = {
  path: "/end",
  verb: "write",
  get: async (opened) => confirmation(asked(opened)),
  async post(opened, typed) {
    const { desk, id, record, href } = opened;
    if (!confirmed(typed, text(record, "name"))) return confirmation({ ...asked(opened), wrong: typed });
    await desk.write("PATCH", `connections/${encodeURIComponent(id)}`, { not_before: fromNow() });
    return { to: href(""), said: "ended" };
  },
};

function asked(opened: Opened) {
  const { record, href } = opened;
  const name = text(record, "name");
  return {
    title: "Sign its people out",
    trail: trailOf(opened),
    breaks: [
      `Within ten seconds sessions that rest on ${name} end, with the refresh and access tokens that came of them and what was cached of its people.`,
      "People sign in again, and the provider is asked anew. A signed token that an API checks by itself is good until it expires.",
    ],
    name,
    button: "Sign its people out",
    back: href(""),
  };
}
