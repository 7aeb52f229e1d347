import { href } from "./href.ts";
import { Icon, type Glyph } from "./glyph.tsx";

/** A logo where there is one, else a drawing, else the first letter of the name. The name itself always stands beside it. */
export function Tile({
  name,
  logo_uri,
  glyph,
  large = false,
}: {
  name: string;
  logo_uri?: string;
  glyph?: Glyph;
  large?: boolean;
}) {
  const logo = href(logo_uri);
  const size = large ? "large" : "";
  if (logo)
    return (
      <span class={`tile logo ${size}`} aria-hidden="true">
        <img src={logo} alt="" referrerpolicy="no-referrer" decoding="async" />
      </span>
    );
  return (
    <span class={`tile ${size}`} aria-hidden="true">
      {glyph ? <Icon of={glyph} size={large ? 26 : 20} /> : <span>{initial(name)}</span>}
    </span>
  );
}

const PLAIN = /^[\p{Script=Latin}\d](?!\p{M})/u;

function initial(name: string): string {
  const [letter = firstLetter(name)] = PLAIN.exec(name.trim()) ?? [];
  return letter.toLocaleUpperCase();
}

/** Of any script. What it loads of Unicode takes longer than the whole page, so nothing else asks for it. */
function firstLetter(name: string): string {
  const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  for (const { segment } of letters.segment(name.trim())) return segment;
  return "·";
}
