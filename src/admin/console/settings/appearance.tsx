/** Appearance: the logo, the colours and the words of the pages that people see. */
import type { Typed } from "../form/typed.ts";
import { text } from "../text.ts";
import { settingsPart } from "./part.tsx";

const COLOURS = ["theme.light.accent", "theme.light.glow", "theme.dark.accent", "theme.dark.glow"];
const ACCENT = "Buttons, links and what has the focus: # and six of 0-9 and a-f.";
const GLOW = "The light around the card.";

export const appearance = settingsPart({
  path: "/appearance",
  title: "Appearance",
  words: {
    logo_uri: { label: "Logo", help: "An https address of a picture." },
    "theme.light.accent": { label: "Accent colour, by day", help: ACCENT, placeholder: "#7a1f5c" },
    "theme.light.glow": { label: "Glow, by day", help: GLOW, placeholder: "#e08bc4" },
    "theme.dark.accent": { label: "Accent colour, by night", help: ACCENT, placeholder: "#f0a6d8" },
    "theme.dark.glow": { label: "Glow, by night", help: GLOW, placeholder: "#5c1f46" },
    "theme.texts.en.welcome": {
      label: "Welcome, in English",
      help: "One line above the ways to sign in.",
      placeholder: "Sign in with your Acme account.",
    },
    "theme.texts.de.welcome": {
      label: "Welcome, in German",
      placeholder: "Melden Sie sich mit Ihrem Acme-Konto an.",
    },
    "theme.texts.en.help": {
      label: "Where to get help, in English",
      help: "An address or a number, at the foot of every page.",
      placeholder: "help@acme.com",
    },
    "theme.texts.de.help": { label: "Where to get help, in German", placeholder: "hilfe@acme.com" },
  },
  above: (_, settings) => (
    <p class="lead">
      How the pages look that people see. Colours with which a text could not be read are refused.{" "}
      <a id="look" href={`${text(settings, "issuer")}/me`}>
        Look at one
      </a>
    </p>
  ),
  after: (typed) => Object.fromEntries(COLOURS.map((path) => [path, <Swatch typed={typed} path={path} />])),
});

function Swatch({ typed, path }: { typed: Typed; path: string }) {
  const colour = typed.get(path) ?? "";
  if (!/^#[0-9a-f]{6}$/.test(colour)) return <></>;
  return (
    <svg class="colour" viewBox="0 0 100 12" role="img" aria-label={colour} preserveAspectRatio="none">
      <rect width="100" height="12" fill={colour} />
    </svg>
  );
}
