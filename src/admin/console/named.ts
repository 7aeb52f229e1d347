/** Workspaces that an operator was given by name, and where there is something for them. */
import { scopesIn } from "../operator.ts";
import { type Desk, mayBy } from "./desk.ts";
import { isOpen } from "./page.ts";
import { PAGES } from "./pages/index.ts";

type Rights = Pick<Desk, "rights">;

export function named({ workspaces, ...desk }: Rights & Pick<Desk, "workspaces">): string[] {
  return workspaces.filter((id) => id !== "*" && mayEnter(desk, id));
}

/** Whether one page of it at least is open: a rule for operators alone opens none but in `system`. */
export function mayEnter({ rights }: Rights, workspace: string): boolean {
  const may = mayBy(scopesIn({ rights }, workspace), workspace);
  return PAGES.some((page) => page.navigation && isOpen(page, { may, workspace }));
}
