/** Scripts: an editor with its input, a run on trial, and the versions that were before. */
import { recordPages } from "../records.tsx";
import type { Page } from "../page.ts";
import { debug, switchDebug } from "../script/debug.tsx";
import { create, edit } from "../script/editor.tsx";
import { restore, versions } from "../script/versions.tsx";
import { text, texts } from "../text.ts";

const AREA = "scripts";

const [list, , , remove] = recordPages({
  record: "scripts",
  area: AREA,
  path: "/scripts",
  navigation: "Scripts",
  title: "Scripts",
  one: "script",
  lead: "A few lines of JavaScript that change what a sign-in means. Each runs in an isolate of its own, without network unless you list hosts. It runs where it is chosen, such as on the Extensions page of a connection.",
  name: (script) => text(script, "name"),
  columns: {
    ID: (script) => <code>{text(script, "id")}</code>,
    "When it fails": ({ on_error }) => (on_error === "continue" ? "goes on without it" : "the sign-in fails"),
    Hosts: (script) => texts(script, "hosts").join(", ") || "no network",
  },
  words: {},
  breaks: (script) => [`“${text(script, "name")}” and all its versions are gone.`],
});

export const scripts: readonly Page[] = [
  ...(list ? [list] : []),
  { path: "/scripts/create", area: AREA, verb: "write", ...create },
  { path: "/scripts/:id", area: AREA, ...edit },
  { path: "/scripts/:id/debug", area: AREA, also: ["subjects"], get: debug, post: switchDebug },
  { path: "/scripts/:id/versions", area: AREA, get: versions, post: restore },
  ...(remove ? [remove] : []),
];
