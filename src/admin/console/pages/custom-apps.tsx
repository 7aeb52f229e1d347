/** Custom apps: where a person goes between their provider and their app. */
import type { Child } from "hono/jsx";
import { Notice } from "../../../ui/notice.tsx";
import type { Desk } from "../desk.ts";
import { recordPages } from "../records.tsx";
import { isAllowed, isOn } from "../settings/features.tsx";
import { text } from "../text.ts";

export const customApps = recordPages({
  record: "custom-apps",
  area: "scripts",
  path: "/custom-apps",
  navigation: "Custom Apps",
  title: "Custom Apps",
  one: "custom application",
  lead: "An application of your own that people go through after they signed in: to accept terms, to add what is missing. Assign it on the Extensions page of a connection.",
  above: feature,
  name: (app) => text(app, "name"),
  columns: {
    URL: (app) => <code>{text(app, "url")}</code>,
    "Client in system": (app) => <code>{text(app, "client_id")}</code>,
  },
  words: {
    id: { label: "ID", help: "Names the application in the API. It never changes.", fixed: true },
    name: { label: "Name" },
    url: {
      label: "Application URL",
      help: "People arrive here with login_id and login_state.",
      placeholder: "https://terms.example.com/",
    },
  },
  breaks: (app) => [`The client ${text(app, "client_id")} ends, and with it the application's access.`],
});

/** Says where the feature is off, with the way to its switch. */
async function feature(desk: Desk): Promise<Child> {
  if (!desk.may("workspaces", "read")) return undefined;
  const here = await isOn(desk, "custom_apps", desk.workspace);
  if (here && (await isAllowed(desk, "custom_apps"))) return undefined;
  const workspace = here ? "system" : desk.workspace;
  return (
    <>
      <Notice
        title={`The feature custom_apps is off in ${workspace === "system" ? "the deployment" : "this workspace"}.`}
        detail="No application can be registered, and a connection that names one lets nobody in."
        inPlace
      />
      <p class="actions">
        <a class="button small" id="to-features" href={`/admin/workspaces/${workspace}/settings/features`}>
          Features of {workspace === "system" ? "the workspace system" : "this workspace"}
        </a>
      </p>
    </>
  );
}
