/** What a page of the console is. `pages/index.ts` is the list. */
import type { Child } from "hono/jsx";
import type { ApiArea } from "../../config/api-scopes.ts";
import type { Said } from "../../ui/notice.tsx";
import type { Desk } from "./desk.ts";
import type { Typed } from "./form/typed.ts";

/** What a page shows. The frame draws everything around it. */
export interface View {
  readonly title: string;
  readonly body: Child;
  readonly head?: Child;
  /** What was just done, or went wrong. */
  readonly notice?: Said;
  readonly status?: 200 | 400 | 403 | 404 | 409 | 412 | 422 | 500 | 502 | 503;
  /** Pages above this one: words and paths in the workspace. */
  readonly trail?: readonly Crumb[];
}

export interface Crumb {
  readonly words: string;
  readonly path: string;
}

/** Where the browser goes after something was done; `said` is a word of {@link SAID}, told on the next page. */
export interface Gone {
  readonly to: string;
  readonly said?: keyof typeof SAID;
}

export interface Page {
  /** Below `/admin/workspaces/{workspace}`, in the syntax of Hono's router. */
  readonly path: string;
  /** Whose scope it needs: without `{area}:read` there is neither the page nor a link to it. */
  readonly area: ApiArea;
  /** Areas that it reads beside it. */
  readonly also?: readonly ApiArea[];
  /** Areas that it changes beside it. */
  readonly writes?: readonly ApiArea[];
  /** For a page that only writes. */
  readonly verb?: "write";
  /** Its words in the navigation; pages without are reached from others. */
  readonly navigation?: string;
  /** Only in the workspace `system`. */
  readonly system?: true;
  readonly get: (desk: Desk) => Promise<View | Gone>;
  /** A form of the page was sent. It came from our own pages; the API still decides whether this operator may. */
  readonly post?: (desk: Desk, typed: Typed) => Promise<View | Gone>;
}

/** Whether an operator may see a page, or, where it only writes, use it. @returns the scope that is missing */
export function lacking(
  { area, also = [], writes = [], verb }: Page,
  desk: Pick<Desk, "may">,
): string | undefined {
  const needed = [
    [area, verb ?? "read"] as const,
    ...also.map((one) => [one, "read"] as const),
    ...writes.map((one) => [one, "write"] as const),
  ];
  return needed.find(([one, how]) => !desk.may(one, how))?.join(":");
}

/** Whether a page is there for an operator in this workspace. */
export function isOpen(page: Page, desk: Pick<Desk, "may" | "workspace">): boolean {
  return (!page.system || desk.workspace === "system") && lacking(page, desk) === undefined;
}

/** What a page says of the step before it. Only these: an address cannot put words into our mouth. */
export const SAID = {
  created: { title: "Created.", good: true },
  saved: { title: "Saved. It holds everywhere within ten seconds.", good: true },
  deleted: { title: "Deleted.", good: true },
  removed: { title: "Removed. It holds everywhere within ten seconds.", good: true },
  demolished: {
    title: "The workspace is deleted. What it kept of people is gone within two hours.",
    good: true,
  },
  ended: { title: "Ended. Nothing of it is accepted any more.", good: true },
  withdrawn: {
    title: "Withdrawn. Within ten seconds the application has nothing of anybody any more.",
    good: true,
  },
  revoked: {
    title: "The key is revoked. Within ten seconds nothing that it signed is accepted.",
    good: true,
  },
  erased: { title: "The person is erased.", good: true },
} as const satisfies Readonly<Record<string, Said>>;
