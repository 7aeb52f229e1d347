/** Custom apps: where a person goes between their provider and their app. */
import type { Child } from "hono/jsx";
import type { JsonObject } from "../../../flow.ts";
import { SYSTEM } from "../../../store/published.ts";
import { Notice } from "../../../ui/notice.tsx";
import { Refused } from "../call.ts";
import type { Desk } from "../desk.ts";
import type { Typed } from "../form/typed.ts";
import type { Gone, Page } from "../page.ts";
import { recordPages } from "../records.tsx";
import { text } from "../text.ts";

const [list, ...others] = recordPages({
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

export const customApps: readonly Page[] = [...(list ? [{ ...list, post: switchFeature }] : []), ...others];

/** On only where both switched it on: the workspace, and the deployment in its workspace `system`. */
async function feature(desk: Desk): Promise<Child> {
  if (!desk.may("workspaces", "read")) return undefined;
  const [here, everywhere] = await Promise.all([desk.workspace, SYSTEM].map((one) => isOn(desk, one)));
  const isSystem = desk.workspace === SYSTEM;
  const place = isSystem ? "the deployment" : "this workspace";
  return (
    <>
      {!here && (
        <Notice
          title={`Custom applications are switched off in ${place}.`}
          detail="None can be registered, and a connection that names one lets nobody in."
          inPlace
        />
      )}
      {here && everywhere === false && (
        <Notice
          title="Custom applications are switched on here, and off in the deployment."
          detail="They are switched on for the deployment on this page of the workspace system."
          inPlace
        />
      )}
      {desk.may("workspaces", "write") && (
        <form method="post" class="actions">
          <button
            class={here ? "button small" : "button primary"}
            id="switch"
            name="enabled"
            value={String(!here)}
          >
            Switch {here ? "off" : "on"} in {place}
          </button>
          {here && everywhere === false && (
            <a class="button small" id="to-system" href={`/admin/workspaces/${SYSTEM}/custom-apps`}>
              Custom Apps of the workspace system
            </a>
          )}
        </form>
      )}
    </>
  );
}

/** @returns undefined where this operator may not know */
async function isOn(desk: Desk, workspace: string): Promise<boolean | undefined> {
  try {
    const { body } = await desk.call<{ items: readonly JsonObject[] }>(
      "GET",
      `workspaces/${workspace}/features`,
    );
    return body.items.some(({ flag, enabled }) => flag === "custom_apps" && enabled === true);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

async function switchFeature(desk: Desk, typed: Typed): Promise<Gone> {
  await desk.write("PUT", "features/custom_apps", { enabled: typed.get("enabled") === "true" });
  return { to: desk.href("/custom-apps"), said: "saved" };
}
