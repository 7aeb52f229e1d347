/** What every page is given. */
import type { Frame } from "../ui/layout.tsx";
import { stylePath } from "../ui/style.ts";
import { en } from "../ui/text/en.ts";
import type { AppContext } from "./context.ts";

export function frame(c: AppContext): Frame {
  const settings = c.var.broker?.workspace.settings;
  return {
    text: en,
    assets: { style: stylePath },
    ...(settings && {
      workspace: { name: settings.name, ...(settings.logo_uri && { logo_uri: settings.logo_uri }) },
    }),
    request_id: c.var.request_id,
  };
}
