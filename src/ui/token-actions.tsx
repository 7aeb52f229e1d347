import { href } from "./href.ts";
import type { Text } from "./text/en.ts";

interface Props {
  readonly action: string;
  readonly handle?: string;
  /** Where a new sign-in begins. */
  readonly login: string;
  readonly text: Text;
  readonly refreshable: boolean;
  readonly over: boolean;
}

/** What the person can have the demo do. With tokens that do not work any more, only what still makes sense. */
export function TokenActions({ action, handle, login, text: { demo: words }, refreshable, over }: Props) {
  const can = over
    ? []
    : [
        ...(refreshable ? [{ name: "refresh", title: words.refresh }] : []),
        { name: "userinfo", title: words.getUserinfo },
        { name: "revoke", title: words.revoke },
      ];
  return (
    <form method="post" action={href(action)} class="toolbar" aria-label={words.actions}>
      {handle !== undefined && <input type="hidden" id="handle" name="handle" value={handle} />}
      {over && (
        <a id="login" class="button primary" href={href(login)}>
          {words.again}
        </a>
      )}
      {[...can, { name: "logout", title: words.logout }].map(({ name, title }) => (
        <button class="button" id={name} name="action" value={name}>
          {title}
        </button>
      ))}
    </form>
  );
}
