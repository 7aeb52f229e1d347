/** What every page is given. */
import type { WorkspaceSettings } from "../config/workspace.ts";
import type { Frame } from "../ui/layout.tsx";
import { stylePath } from "../ui/style.ts";
import type { Text } from "../ui/text/en.ts";
import { texts } from "../ui/text/texts.ts";
import { themePath, themeSheet } from "../ui/theme.ts";
import type { AppContext } from "./context.ts";
import { localeOf } from "./language.ts";

/** @param text of pages for operators; people get their own language */
export function frame(c: AppContext, text: Text = texts[localeOf(c)]): Frame {
  const workspace = c.var.broker?.workspace;
  const sheet = workspace?.settings.theme && themeSheet(workspace.settings.theme);
  c.set("written_in", text.lang);
  return {
    text,
    assets: { style: stylePath, ...(sheet && { theme: `${c.var.broker.issuer}${themePath(sheet)}` }) },
    ...(workspace && { workspace: shown(workspace.settings, text) }),
    request_id: c.var.request_id,
  };
}

/** A sentence is shown to those who read its language; an address helps everybody. */
function shown({ name, logo_uri, theme }: WorkspaceSettings, { lang }: Text): Frame["workspace"] {
  const own = theme?.texts?.[lang];
  const help = own?.help ?? Object.values(theme?.texts ?? {}).find((words) => words?.help)?.help;
  return {
    name,
    ...(logo_uri && { logo_uri }),
    ...(own?.welcome && { welcome: own.welcome }),
    ...(help && { help }),
  };
}
