/** Extensions: the script that runs after people signed in here, and the application that they go through. */
import type { Child } from "hono/jsx";
import { assignment } from "./assignment.tsx";
import type { Tab } from "./tab.ts";

const PATH = "/extensions";
const both = assignment(["post_authn_ctx_script", "post_authn_app_id"], PATH);
const page = (form: Child | undefined) =>
  form ?? <p class="lead">Scripts and applications are shown to operators with the scope scripts:read.</p>;

export const extensions: Tab = {
  path: PATH,
  tab: "Extensions",
  get: async (opened) => ({ body: page(await both.form(opened)) }),
  post: (opened, typed) => both.save(opened, typed, page),
};
