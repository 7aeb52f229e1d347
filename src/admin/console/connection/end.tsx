/** Signing out everybody who came by a connection: for when its provider was broken into. */
import { confirmation, confirmed } from "../confirm.tsx";
import { text } from "../text.ts";
import type { Opened, Tab } from "./tab.ts";

export const end: Tab = {
  path: "/end",
  verb: "write",
  get: async (opened) => confirmation(asked(opened)),
  async post(opened, typed) {
    const { desk, id, record, href } = opened;
    if (!confirmed(typed, text(record, "name"))) return confirmation({ ...asked(opened), wrong: typed });
    // What was made within this second is meant, too, so that it is from the next one on.
    const not_before = Math.floor(Date.now() / 1_000) + 1;
    await desk.write("PATCH", `connections/${encodeURIComponent(id)}`, { not_before });
    return { to: href(""), said: "ended" };
  },
};

function asked({ id, record, href }: Opened) {
  const name = text(record, "name");
  return {
    title: "Sign its people out",
    trail: [
      { words: "Identity Providers", path: "/identity-providers" },
      { words: name, path: `/identity-providers/${encodeURIComponent(id)}` },
    ],
    breaks: [
      `Within ten seconds sessions that rest on ${name} end, with the refresh and access tokens that came of them and what was cached of its people.`,
      "People sign in again, and the provider is asked anew. A signed token that an API checks by itself is good until it expires.",
    ],
    name,
    button: "Sign its people out",
    back: href(""),
  };
}
