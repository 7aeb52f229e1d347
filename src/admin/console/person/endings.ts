/** Ending what a person has with us: one thing of it, or all. */
import { confirmation, confirmed } from "../confirm.tsx";
import type { Desk } from "../desk.ts";
import type { Page } from "../page.ts";
import { PATH, shortOf, trailOf } from "./trail.ts";

/** What can be ended of a person: the API's path, and what that means. */
const ENDINGS = {
  sessions: {
    title: "End a session",
    said: "ended",
    breaks: ["The person has to sign in again in that browser, and what apps were granted in it ends."],
  },
  identities: {
    title: "Remove a way to sign in",
    said: "ended",
    breaks: [
      "Sessions and grants that came by it end, and at the next sign-in by it the person is a subject of their own.",
    ],
  },
  grants: {
    title: "End a grant",
    said: "ended",
    breaks: ["All tokens of it end within ten seconds; the person has to sign in to the app again."],
  },
  consents: {
    title: "Withdraw a consent",
    said: "ended",
    breaks: ["All tokens of the app for this person end, and it has to ask again."],
  },
} as const;

export const endings = (Object.keys(ENDINGS) as (keyof typeof ENDINGS)[]).map((what): Page => {
  const { title, said, breaks } = ENDINGS[what];
  const asked = (desk: Desk) => ({
    title,
    trail: trailOf(desk.param("subject")),
    breaks,
    name: shortOf(desk.param("subject")),
    button: title,
    back: desk.href(`${PATH}/${desk.param("subject")}`),
  });
  return {
    path: `${PATH}/:subject/${what}/:id`,
    area: "subjects",
    verb: "write",
    get: async (desk) => confirmation(asked(desk)),
    async post(desk, typed) {
      if (!confirmed(typed, asked(desk).name)) return confirmation({ ...asked(desk), wrong: typed });
      const [subject, id] = [desk.param("subject"), desk.param("id")].map(encodeURIComponent);
      await desk.write("DELETE", `subjects/${subject}/${what}/${id}`);
      return { to: asked(desk).back, said };
    },
  };
});

export const forget: Page = {
  path: `${PATH}/:subject/forget`,
  area: "subjects",
  verb: "write",
  get: async (desk) => confirmation(forgetting(desk)),
  async post(desk, typed) {
    if (!confirmed(typed, forgetting(desk).name)) return confirmation({ ...forgetting(desk), wrong: typed });
    await desk.write("DELETE", `subjects/${encodeURIComponent(desk.param("subject"))}/contexts`);
    return { to: forgetting(desk).back, said: "ended" };
  },
};

function forgetting(desk: Desk) {
  const subject = desk.param("subject");
  return {
    title: "Forget what the provider said",
    trail: trailOf(subject),
    breaks: [
      "The cached authentication contexts of the person go: at the next request of an app the provider is asked again, in every browser.",
      "Sessions and grants stay as they are.",
    ],
    name: shortOf(subject),
    button: "Forget it",
    back: desk.href(`${PATH}/${subject}`),
  };
}

export const erase: Page = {
  path: `${PATH}/:subject/erase`,
  area: "subjects",
  verb: "write",
  get: async (desk) => confirmation(erasing(desk)),
  async post(desk, typed) {
    if (!confirmed(typed, erasing(desk).name)) return confirmation({ ...erasing(desk), wrong: typed });
    await desk.write("DELETE", `subjects/${encodeURIComponent(desk.param("subject"))}`);
    return { to: desk.href(PATH), said: "erased" };
  },
};

function erasing(desk: Desk) {
  const subject = desk.param("subject");
  return {
    title: "Erase a person",
    trail: trailOf(subject),
    breaks: [
      "Sessions, grants, consents and the entry in this list go, and cannot be brought back.",
      "Apps keep what they were told. If the person signs in again, they are the same subject and are asked anew.",
    ],
    name: shortOf(subject),
    button: "Erase this person",
    back: desk.href(`${PATH}/${subject}`),
  };
}
