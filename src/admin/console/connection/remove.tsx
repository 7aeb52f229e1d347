/** Deleting a connection: who cannot sign in any more. */
import { Refused } from "../call.ts";
import { confirmation, confirmed } from "../confirm.tsx";
import { text } from "../text.ts";
import type { Opened, Tab } from "./tab.ts";
import { trailOf } from "./trail.ts";

export const remove: Tab = {
  path: "/delete",
  verb: "write",
  get: async (opened) => confirmation(await asked(opened)),
  async post(opened, typed) {
    const { desk, id, record, etag } = opened;
    if (!confirmed(typed, text(record, "name")))
      return confirmation({ ...(await asked(opened)), wrong: typed });
    try {
      await desk.write("DELETE", `connections/${encodeURIComponent(id)}`, undefined, { "if-match": etag });
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 409) throw error;
      return confirmation({ ...(await asked(opened)), usedBy: error.usedBy });
    }
    return { to: desk.href("/identity-providers"), said: "deleted" };
  },
};

async function asked(opened: Opened) {
  const { desk, record, href } = opened;
  const name = text(record, "name");
  return {
    title: "Delete connection",
    trail: trailOf(opened),
    breaks: [
      await people(opened),
      "Their sessions end, and with them what apps were granted.",
      "A connection that is made again under the same id knows the same people, and nothing that they granted before.",
    ],
    name,
    button: "Delete connection",
    back: href(""),
    desk,
  };
}

/** How many are affected, where this operator may know. */
async function people({ desk, id }: Opened): Promise<string> {
  if (!desk.may("subjects", "read")) return "Nobody can sign in with it any more.";
  const query = new URLSearchParams({ connection: id, limit: "200" });
  const { body } = await desk.read<{ items: readonly unknown[]; next?: string }>(
    `subjects?${query.toString()}`,
  );
  const { items, next } = body;
  const count = next === undefined ? String(items.length) : `more than ${items.length}`;
  return `Nobody can sign in with it any more: ${count} people have done so.`;
}
