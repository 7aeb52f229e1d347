import { href } from "./href.ts";

interface Props {
  readonly label: string;
  readonly links: readonly { readonly id: string; readonly words: string; readonly to?: string }[];
}

/** Those of a few links that lead somewhere safe, in a window of their own so that nothing half done is lost. */
export function Links({ label, links }: Props) {
  const safe = links.filter(({ to }) => href(to));
  if (safe.length === 0) return <></>;
  return (
    <nav class="links" aria-label={label}>
      {safe.map(({ id, words, to }) => (
        <a id={id} class="link" href={href(to)} target="_blank" rel="noopener noreferrer">
          {words}
        </a>
      ))}
    </nav>
  );
}
