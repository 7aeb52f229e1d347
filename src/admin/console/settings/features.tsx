/** Features: what is off unless it is switched on, in the workspace `system` and here. */
import { List } from "../../../ui/list.tsx";
import { scopesIn } from "../../operator.ts";
import { Refused } from "../call.ts";
import { type Desk, mayBy } from "../desk.ts";
import type { Page, View } from "../page.ts";
import { schemaOf } from "../schema.ts";
import { SETTINGS, Tabs, TRAIL } from "./tabs.tsx";

const PATH = "/features";

/** What each is, and what ends without it. */
const WORDS: Readonly<Record<string, { readonly name: string; readonly does: string }>> = {
  custom_apps: {
    name: "Custom applications",
    does: "People may be led through applications of your own after they signed in. While it is off, nobody gets in at a connection that has one.",
  },
};

export const features: Page = {
  path: SETTINGS + PATH,
  area: "workspaces",
  get: (desk) => page(desk),
  async post(desk, typed) {
    const flag = typed.get("flag") ?? "";
    const enabled = typed.get("enabled");
    if (!flags().includes(flag) || !["on", "off"].includes(enabled ?? "")) return page(desk, NO_FEATURE);
    await desk.write("PUT", `features/${flag}`, { enabled: enabled === "on" });
    return { to: desk.href(SETTINGS + PATH), said: "saved" };
  },
};

const NO_FEATURE = { title: "There is no such feature.", detail: "Nothing was changed." } as const;

async function page(desk: Desk, notice?: View["notice"]): Promise<View> {
  const isDeployment = desk.workspace === "system";
  const states = await Promise.all(
    flags().map(async (flag) => {
      const [here, everywhere] = await Promise.all([isOn(desk, flag, desk.workspace), isAllowed(desk, flag)]);
      return [flag, here, here && !everywhere] as const;
    }),
  );
  const writes = desk.may("workspaces", "write");
  return {
    title: "Features",
    trail: TRAIL,
    ...(notice && { notice, status: 422 }),
    body: (
      <>
        <Tabs desk={desk} current={PATH} />
        <p class="lead">
          {isDeployment
            ? "A feature that is on here may be switched on in each workspace. Off here, it is off everywhere."
            : "A feature works where it is on both here and in the workspace system."}
        </p>
        <List
          label="Features"
          columns={["Feature", "What it does", "State", ...(writes ? ["Change"] : [])]}
          rows={states.map(([flag, on, isMoot]) => ({
            id: flag,
            name: WORDS[flag]?.name ?? flag,
            cells: [
              WORDS[flag]?.does ?? "",
              <span class={isMoot ? "pill warn" : on ? "pill good" : "pill"}>
                {isMoot ? "on here, off in system" : on ? "on" : "off"}
              </span>,
              ...(writes ? [<Switch flag={flag} on={on} />] : []),
            ],
          }))}
        />
      </>
    ),
  };
}

/** What is pressed is what is meant, whoever pressed it in between. */
function Switch({ flag, on }: { flag: string; on: boolean }) {
  return (
    <form method="post">
      <input type="hidden" id={`flag-${flag}`} name="flag" value={flag} />
      <button class="button small" id={`switch-${flag}`} name="enabled" value={on ? "off" : "on"}>
        {on ? "Switch off" : "Switch on"}
      </button>
    </form>
  );
}

/** As the schema knows them. */
function flags(): string[] {
  const { flag } = schemaOf("features")["properties"] as Record<string, { enum?: string[] }>;
  return flag?.enum ?? Object.keys(WORDS);
}

/** A flag that nobody ever switched has no record. */
export async function isOn(desk: Desk, flag: string, workspace: string): Promise<boolean> {
  try {
    const path = `workspaces/${workspace}/features/${flag}`;
    return (await desk.call<{ enabled: boolean }>("GET", path)).body.enabled;
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return false;
    throw error;
  }
}

/** In the workspace `system`; who may not look there is not told that it is off. */
export async function isAllowed(desk: Desk, flag: string): Promise<boolean> {
  const may = mayBy(scopesIn(desk, "system"), "system");
  return !may("workspaces", "read") || isOn(desk, flag, "system");
}
