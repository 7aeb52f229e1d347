import { href } from "./href.ts";
import { Say } from "./say.tsx";

interface Props {
  readonly to?: string;
  readonly words: string;
  readonly workspace: string;
}

/** From the demo to the person's own page, where there is one. */
export function PortalLink({ to, words, workspace }: Props) {
  if (!href(to)) return <></>;
  return (
    <p class="aside">
      <a id="portal" class="link" href={href(to)}>
        <Say words={words} values={{ workspace }} />
      </a>
    </p>
  );
}
