/** An operator at the console: a browser that signed in to it. */
import { openKeyring } from "../src/crypto/keyring.ts";
import { seal } from "../src/crypto/seal.ts";
import { bindings, ORIGIN } from "./bindings.ts";
import { Browser, type Page, type Via } from "./browser.ts";
import { forms, type Form } from "./html.ts";

const CONSOLE = `${ORIGIN}/admin`;

export class Operator extends Browser {
  /** With the bootstrap key. */
  static async enter(key: string = bindings.BOOTSTRAP_KEY, via?: Via): Promise<Operator> {
    const operator = new Operator("operator", via);
    await operator.open(`${CONSOLE}/sign-in`);
    await operator.submit("enter", { key });
    return operator;
  }

  /** A page of a workspace. */
  at(workspace: string, path = ""): Promise<Page> {
    return this.open(`${CONSOLE}/workspaces/${workspace}${path}`);
  }

  /** With a token of `system`, as the console holds it after a person signed in. */
  static withToken(
    token: string,
    until = Math.floor(Date.now() / 1_000) + 3_600,
    via?: Via,
  ): Promise<Operator> {
    return Operator.holding({ bearer: token, until }, via);
  }

  static async holding(session: object, via?: Via): Promise<Operator> {
    const operator = new Operator("operator", via);
    const place = { purpose: "console", workspace: "system", owner: "session" } as const;
    const value = await seal(openKeyring(bindings.DEPLOYMENT_KEY), place, session);
    operator.jar.take(new URL(ORIGIN), [
      `__Host-system-console=${value}; Path=/; Secure; HttpOnly; SameSite=Strict`,
    ]);
    return operator;
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

  /** What the overview names, beside that these tests come in by the bootstrap key. */
  attention(): string[] {
    return this.said("notice-title").filter((title) => title !== "The bootstrap key was used.");
  }
}
