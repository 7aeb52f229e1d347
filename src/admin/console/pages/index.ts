/**
 * The pages of a workspace, in the order of the navigation. To add one:
 *
 * 1. Write `pages/NAME.tsx` that exports a {@link Page} (or several): its path below the workspace, the area whose scope
 *    it needs, its words in the navigation, `get` and, where it has a form, `post`. Both are given a `Desk`: `desk.read`
 *    and `desk.write` are the admin API in the operator's name, and the only way to anything; `desk.may` says what to
 *    leave out; `desk.href` makes links. They return what is shown (`View`) or where to go (`Gone`).
 *    Records that are a form and a list are `recordPages({ … })`; forms of your own are `fieldsOf`, `Form`, `recordOf`.
 * 2. Add it to the list below. A page of one connection goes into `connection/index.ts` instead, and becomes a tab.
 *
 * `serve.ts` does the rest: sign-in, rights, errors as pages, cross-site posts, the frame. Names and ids of controls are
 * the paths of the API. Nothing needs a script.
 */
import type { Page } from "../page.ts";
import { apis } from "./apis.tsx";
import { applications } from "./applications.tsx";
import { auditLog } from "./audit-log.tsx";
import { authenticationContext } from "./authentication-context.tsx";
import { claims } from "./claims.tsx";
import { consents } from "./consents.tsx";
import { customApps } from "./custom-apps.tsx";
import { dataLineage } from "./data-lineage.tsx";
import { gettingStarted } from "./getting-started.tsx";
import { identityProviders } from "./identity-providers.tsx";
import { keys } from "./keys.tsx";
import { operators } from "./operators.tsx";
import { overview } from "./overview.tsx";
import { linkingRules } from "./linking-rules.tsx";
import { people } from "./people.tsx";
import { scopes } from "./scopes.tsx";
import { scripts } from "./scripts.tsx";
import { secrets } from "./secrets.ts";
import { settings } from "./settings.tsx";

export const PAGES: readonly Page[] = [
  overview,
  gettingStarted,
  ...identityProviders,
  ...applications,
  ...apis,
  ...scopes,
  ...authenticationContext,
  ...claims,
  dataLineage,
  ...scripts,
  ...secrets,
  ...customApps,
  ...people,
  ...consents,
  ...linkingRules,
  auditLog,
  ...keys,
  ...operators,
  ...settings,
];
