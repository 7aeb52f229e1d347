import { Field } from "./field.tsx";
import { href } from "./href.ts";
import { Notice } from "./notice.tsx";
import { say } from "./say.tsx";
import type { Text } from "./text/en.ts";

export interface Discovery {
  /** A page of ours, which the browser gets whatever comes of it. */
  readonly action: string;
  /** The request that is under way. */
  readonly fields: readonly (readonly [string, string])[];
  readonly address: string;
  readonly led: "nowhere yet" | "to a connection" | "to none" | "to no domain";
}

interface Props extends Discovery {
  readonly client: { readonly name: string };
  /** There is no other way on the page. */
  readonly alone: boolean;
  readonly words: Text["choose"]["discover"];
}

/** Asks for an e-mail address, and says so when its domain leads nowhere. */
export function Discover({ action, fields, address, led, client, alone, words }: Props) {
  const said = {
    "to none": { title: words.unknown, detail: alone ? words.unknownAlone : words.unknownNext },
    "to no domain": { title: words.malformed, detail: words.malformedNext },
  };
  const notice = led === "to none" || led === "to no domain" ? said[led] : undefined;
  return (
    <form method="get" action={href(action)} class="discover">
      {notice && <Notice title={notice.title} detail={say(notice.detail, { client: client.name })} />}
      {fields.map(([name, value], index) => (
        <input type="hidden" id={`field-${index}`} name={name} value={value} />
      ))}
      <Field
        name="login_hint"
        label={led === "to a connection" ? words.other : words.label}
        note={words.note}
      >
        <input
          type="text"
          inputmode="email"
          spellcheck={false}
          id="login_hint"
          name="login_hint"
          value={address}
          maxlength={300}
          required
          autocomplete="username"
          aria-describedby="login_hint-note"
        />
      </Field>
      <p class="actions">
        <button
          class={led === "to a connection" ? "button" : "button primary"}
          id="find"
          name="action"
          value="find"
        >
          {words.go}
        </button>
      </p>
    </form>
  );
}
