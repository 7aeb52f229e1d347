import { Card } from "../ui/card.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Say, say } from "../ui/say.tsx";

export interface SignOutProps {
  readonly frame: Frame;
  readonly action: string;
  /** The app that asked, when it was proven. */
  readonly client?: { readonly name: string };
  /** What the answer must carry on, such as the handle of the request. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Asks before it signs out (RP-Initiated Logout 1.0 §2). */
export function SignOut({ frame, action, client, fields = {} }: SignOutProps) {
  const { signOut: words, product } = frame.text;
  const values = { workspace: frame.workspace?.name ?? product, client: client?.name ?? "" };
  return (
    <Card frame={frame} title={say(words.title, values)}>
      <h1>
        <Say words={words.title} values={values} />
      </h1>
      {client && (
        <p>
          <Say words={words.asked} values={values} strong />
        </p>
      )}
      <p>
        <Say words={words.message} values={values} />
      </p>
      <form method="post" action={href(action)}>
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" id={`field-${name}`} name={name} value={value} />
        ))}
        <p class="actions">
          <button class="button primary" id="sign-out" name="action" value="sign-out">
            {words.signOut}
          </button>
          <button class="button" id="stay" name="action" value="stay">
            {words.stay}
          </button>
        </p>
      </form>
    </Card>
  );
}
