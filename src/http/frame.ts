/** What every page is given. */
import type { Frame } from "../ui/layout.tsx";
import { stylePath } from "../ui/style.ts";
import type { Text } from "../ui/text/en.ts";
import { texts } from "../ui/text/texts.ts";
import type { AppContext } from "./context.ts";
import { localeOf } from "./language.ts";

/** @param text of pages for operators; people get their own language */
export function frame(c: AppContext, text: Text = texts[localeOf(c)]): Frame {
  const settings = c.var.broker?.workspace.settings;
  c.set("written_in", text.lang);
  return {
    text,
    assets: { style: stylePath },
    ...(settings && {
      workspace: { name: settings.name, ...(settings.logo_uri && { logo_uri: settings.logo_uri }) },
    }),
    request_id: c.var.request_id,
  };
}
