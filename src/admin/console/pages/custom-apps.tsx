/** Custom apps: where a person goes between their provider and their app. */
import { recordPages } from "../records.tsx";
import { text } from "../text.ts";

export const customApps = recordPages({
  record: "custom-apps",
  area: "scripts",
  path: "/custom-apps",
  navigation: "Custom Apps",
  title: "Custom Apps",
  one: "custom application",
  lead: "An application of your own that people go through after they signed in: to accept terms, to add what is missing. Assign it on the Extensions page of a connection. It needs the feature custom_apps, here and in the workspace system.",
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
