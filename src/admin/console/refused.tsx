import type { View } from "./page.ts";

type Status = NonNullable<View["status"]>;

const TITLES: Readonly<Record<number, string>> = {
  403: "You may not do this",
  404: "There is nothing here",
  409: "This cannot be done now",
  412: "Somebody else was faster",
  503: "The configuration cannot be read right now",
};

/** What the API would not do, in its own words, and what to do about it. */
export function refusedView(status: number, message: string): View {
  return {
    title: TITLES[status] ?? "That did not work",
    status: (status in TITLES ? status : 502) as Status,
    body: (
      <div class="sheet">
        <p>
          <bdi>{sentence(message)}</bdi>
        </p>
        <p class="quiet">
          {NEXT[status] ?? "Try again; the number at the foot of the page helps whoever looks into it."}
        </p>
        <p>
          <a class="button" id="back" href="/admin">
            All workspaces
          </a>
        </p>
      </div>
    ),
  };
}

/** The API's words have no capital and no full stop: they stand in the middle of others. */
function sentence(message: string): string {
  const [first = "", ...rest] = message;
  return `${first.toUpperCase()}${rest.join("")}${/[.!?]$/.test(message) ? "" : "."}`;
}

const NEXT: Readonly<Record<number, string>> = {
  403: "Ask whoever looks after the operators of this deployment for the scope.",
  404: "It may have been deleted, or it is in another workspace.",
  412: "Open the page again: it shows what is there now.",
  503: "Wait a moment and try again.",
};
