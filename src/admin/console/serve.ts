/** One page of the console: who asks, may they, what it shows; and what it shows instead when that fails. */
import type { AppContext } from "../../http/context.ts";
import { rawForm } from "../../http/form.ts";
import { PageFault } from "../../http/page-fault.ts";
import { heldForm } from "./access/held.ts";
import { ended, takeKey } from "./access/sign-in.tsx";
import { Refused } from "./call.ts";
import { type Desk, openDesk, SignedOut } from "./desk.ts";
import type { Typed } from "./form/typed.ts";
import { type Gone, isOpen, lacking, type Page, SAID, type View } from "./page.ts";
import { PAGES } from "./pages/index.ts";
import { refusedView } from "./refused.tsx";
import { show } from "./show.ts";

type Served = Page | Pick<Page, "get" | "post">;

export const serve = (page: Served) =>
  async function served(c: AppContext): Promise<Response> {
    const typed = c.req.method === "POST" ? await posted(c) : undefined;
    try {
      const desk = await openDesk(c);
      return await answer(c, desk, await viewOf(page, desk, typed));
    } catch (error) {
      const isOver = error instanceof SignedOut || (error instanceof Refused && error.status === 401);
      if (isOver) return ended(c, typed);
      throw error;
    }
  };

async function viewOf(page: Served, desk: Desk, typed: Typed | undefined): Promise<View | Gone> {
  if (!isTheirs(desk)) return refusedView(404, "there is nothing here");
  const isElsewhere = "area" in page && page.system && desk.workspace !== "system";
  const missing = "area" in page ? lacking(page, desk) : undefined;
  if ("area" in page && (isElsewhere || missing !== undefined))
    return (
      elsewhere(page, desk) ??
      refusedView(403, `This page needs the scope ${missing ?? `${page.area}:${page.verb ?? "read"}`}.`)
    );
  try {
    return await (typed && page.post ? page.post(desk, typed) : page.get(desk));
  } catch (error) {
    if (error instanceof Refused && error.status !== 401) return refusedView(error.status, error.message);
    throw error;
  }
}

/** Of other workspaces they do not learn whether there are any; the API says the same. */
function isTheirs({ workspace, workspaces }: Desk): boolean {
  return workspace === "" || workspaces.some((id) => id === "*" || id === workspace);
}

/** The address of a workspace leads to the first page that this operator may see. */
function elsewhere(page: Served, desk: Desk): Gone | undefined {
  if (!("path" in page) || page.path !== "") return undefined;
  const first = PAGES.find((one) => one.navigation && isOpen(one, desk));
  return first && { to: desk.href(first.path) };
}

async function answer(c: AppContext, desk: Desk, view: View | Gone): Promise<Response> {
  if ("to" in view) {
    const to = view.said ? `${view.to}${view.to.includes("?") ? "&" : "?"}said=${view.said}` : view.to;
    return c.redirect(to, 303);
  }
  const said = c.req.query("said") ?? "";
  const notice = view.notice ?? (Object.hasOwn(SAID, said) ? SAID[said as keyof typeof SAID] : undefined);
  return show(c, { ...view, ...(notice && { notice }) }, desk);
}

/** What was sent; or what was sent before the sign-in ended, which the page kept. */
async function posted(c: AppContext): Promise<Typed> {
  const form = await rawForm(c);
  const held = form.get("held");
  if (held === null) return form;
  await takeKey(c, form.get("key") ?? "");
  const kept = await heldForm(c, held);
  if (!kept) throw new PageFault("expired", "what was typed was kept for an hour, which is over");
  return kept;
}
