/** Before something is destroyed: what breaks with it, and its name typed by whoever means it. */
import { Notice } from "../../ui/notice.tsx";
import type { Typed } from "./form/typed.ts";
import type { Crumb, View } from "./page.ts";

interface Asked {
  readonly title: string;
  readonly trail: readonly Crumb[];
  /** Sentences: what will not work any more. */
  readonly breaks: readonly string[];
  /** What has to be typed. */
  readonly name: string;
  readonly button: string;
  readonly back: string;
  /** Version of what is destroyed, where it is found by its place in it. */
  readonly etag?: string;
  /** What was sent and is not its name. */
  readonly wrong?: Typed;
  /** Records that name it: it cannot go before they do. */
  readonly usedBy?: readonly string[];
}

export function confirmation(asked: Asked): View {
  const { title, trail, breaks, name, button, back, etag, wrong, usedBy = [] } = asked;
  return {
    title,
    trail,
    status: usedBy.length > 0 ? 409 : wrong ? 422 : 200,
    body: (
      <form method="post" class="sheet">
        {usedBy.length > 0 && (
          <Notice title="It is still in use." detail={`Change these first: ${usedBy.join(", ")}.`} />
        )}
        <div class="box">
          <h2>What will break</h2>
          <ul class="next">
            {breaks.map((sentence) => (
              <li>
                <span>{sentence}</span>
              </li>
            ))}
          </ul>
        </div>
        {etag !== undefined && <input type="hidden" id="etag" name="etag" value={etag} />}
        <div class={wrong ? "field wrong" : "field"}>
          <label for="name">
            Type{" "}
            <kbd>
              <bdi>{name}</bdi>
            </kbd>{" "}
            to go on
          </label>
          <input
            id="name"
            name="name"
            value={wrong?.get("name") ?? ""}
            autocomplete="off"
            spellcheck={false}
            aria-invalid={wrong ? "true" : undefined}
            aria-describedby={wrong ? "name-error" : undefined}
          />
          {wrong && (
            <p class="field-error" id="name-error">
              This is not its name. Nothing was done.
            </p>
          )}
        </div>
        <p class="actions">
          <button class="button danger" id="confirm" name="action" value="confirm">
            {button}
          </button>
          <a class="button" id="back" href={back}>
            Keep it
          </a>
        </p>
      </form>
    ),
  };
}

/** Whether the name was typed, but for space around it. */
export function confirmed(typed: Typed, name: string): boolean {
  return (typed.get("name") ?? "").trim() === name.trim();
}
