/** Removing an attribute or a mapping: what goes with it is told first, and its name is asked for. */
import type { Child } from "hono/jsx";
import type { FieldError } from "../call.ts";
import { confirmation, confirmed } from "../confirm.tsx";
import { isConflict } from "../conflict.tsx";
import { wrong } from "../edit.tsx";
import { refusedView } from "../refused.tsx";
import { type Loss, lossOf } from "./loss.ts";
import type { Rows } from "./rows.tsx";
import type { Opened, Tab } from "./tab.ts";
import { trailOf } from "./trail.ts";

const NOT_REMOVED = {
  title: "Somebody else saved in between.",
  detail: "Nothing was removed: this is what is stored now.",
} as const;

/** @param list the page with all rows */
export function removal(
  { member, tab, one, name }: Pick<Rows, "member" | "tab" | "one" | "name">,
  list: (opened: Opened, errors?: readonly FieldError[]) => Promise<Child>,
): Tab {
  const path = `/${member}`;
  const missing = () => refusedView(404, `there is no such ${one}`);

  function asked(opened: Opened, loss: Loss) {
    const { id, etag, href } = opened;
    return {
      title: `Remove ${one}`,
      trail: [
        ...trailOf(opened),
        { words: tab, path: `/identity-providers/${encodeURIComponent(id)}${path}` },
      ],
      breaks: loss.breaks,
      name: name(loss.row),
      button: `Remove ${one}`,
      back: href(path),
      etag,
    };
  }

  return {
    path: `${path}/:row/remove`,
    verb: "write",
    async get(opened) {
      const loss = await lossOf(opened, member, placeOf(opened));
      return loss ? confirmation(asked(opened, loss)) : missing();
    },
    async post(opened, typed) {
      const { desk, id, etag, href } = opened;
      // The row at this place may be another one by now.
      if ((typed.get("etag") ?? etag) !== etag)
        return { body: await list(opened), status: 412, notice: NOT_REMOVED };
      const loss = await lossOf(opened, member, placeOf(opened));
      if (!loss) return missing();
      if (!confirmed(typed, name(loss.row))) return confirmation({ ...asked(opened, loss), wrong: typed });
      try {
        await desk.write("PATCH", `connections/${encodeURIComponent(id)}`, loss.kept, { "if-match": etag });
        return { to: href(path), said: "removed" };
      } catch (error) {
        if (isConflict(error)) return { body: await list(opened), status: 412, notice: NOT_REMOVED };
        return { body: await list(opened, wrong(error)), status: 422 };
      }
    },
  };
}

/** Rows are counted from one; what is no number is the place of none. */
function placeOf({ desk }: Opened): number {
  return Number(desk.param("row")) - 1;
}
