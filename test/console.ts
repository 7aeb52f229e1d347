/** An operator at the console: a browser that signed in to it. */
import { bindings, ORIGIN } from "./bindings.ts";
import { Browser, type Page } from "./browser.ts";
import { forms, type Form } from "./html.ts";

const CONSOLE = `${ORIGIN}/admin`;

export class Operator extends Browser {
  /** With the bootstrap key. */
  static async enter(key: string = bindings.BOOTSTRAP_KEY): Promise<Operator> {
    const operator = new Operator("operator");
    await operator.open(`${CONSOLE}/sign-in`);
    await operator.submit("enter", { key });
    return operator;
  }

  /** A page of a workspace. */
  at(workspace: string, path = ""): Promise<Page> {
    return this.open(`${CONSOLE}/workspaces/${workspace}${path}`);
  }

  /** The form of the page itself; the one at the top signs out. */
  override get form(): Form {
    const form = forms(this.page.html).find(({ action }) => action !== "/admin/sign-out");
    if (!form) throw new Error(`no form on ${this.page.url.href}: ${this.title}`);
    return form;
  }

  /** The text of the elements of a class. */
  said(name: string): string[] {
    const found = this.page.html.matchAll(new RegExp(`<(\\w+) [^>]*class="${name}"[^>]*>(.*?)</\\1>`, "gs"));
    return [...found].map(([, , inside = ""]) => inside.replaceAll(/<[^>]*>/g, "").trim());
  }
}
