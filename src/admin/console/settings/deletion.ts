/** Deleting the workspace: what it holds, as the API counts it, and its id asked for. */
import { type Holds, Refused } from "../call.ts";
import { confirmation, confirmed } from "../confirm.tsx";
import type { Desk } from "../desk.ts";
import type { Page } from "../page.ts";
import { text } from "../text.ts";
import { SETTINGS, TRAIL } from "./tabs.tsx";

export const deletion: Page = {
  path: `${SETTINGS}/delete`,
  area: "workspaces",
  verb: "write",
  writes: ["keys", "subjects"],
  get: async (desk) => confirmation(await asked(desk)),
  async post(desk, typed) {
    const { workspace } = desk;
    if (!confirmed(typed, workspace)) return confirmation({ ...(await asked(desk)), wrong: typed });
    const { etag } = await desk.read("");
    await desk.call("DELETE", `workspaces/${workspace}?confirm=${workspace}`, undefined, {
      ...(etag && { "if-match": etag }),
    });
    return { to: "/admin", said: "demolished" };
  },
};

async function asked(desk: Desk) {
  const [{ body }, { clients = 0, connections = 0, people = 0 }] = await Promise.all([
    desk.read(""),
    holdings(desk),
  ]);
  return {
    title: "Delete workspace",
    trail: TRAIL,
    breaks: [
      `Nobody can sign in at ${text(body, "issuer")} any more, and nothing that it issued is accepted.`,
      `${count(clients, "application", "applications")} and ${count(connections, "identity provider", "identity providers")} are gone, with scopes, claims, scripts, secrets and the signing keys.`,
      `${count(people, "person is", "people are")} forgotten, with their sessions, consents and linked accounts. The audit log goes, too.`,
      "It cannot be undone: the id is not given again, and no backup brings these people back as the same.",
    ],
    name: desk.workspace,
    button: "Delete workspace",
    back: desk.href(SETTINGS),
  };
}

/** Without its id the API deletes nothing, and says what there is. */
async function holdings(desk: Desk): Promise<Holds> {
  try {
    await desk.write("DELETE", "");
  } catch (error) {
    if (error instanceof Refused && error.holds) return error.holds;
    throw error;
  }
  return {};
}

/** The API counts to this number. */
const MOST = 1_000;

function count(number: number, one: string, several: string): string {
  return `${number >= MOST ? `${MOST} or more` : number} ${number === 1 ? one : several}`;
}
