/** The console: every URL under `/admin`. Its pages are a list of their own (`pages/index.ts`). */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { App } from "../../http/context.ts";
import { PageFault } from "../../http/page-fault.ts";
import { sameConsole } from "../../http/same-site.ts";
import { answerPeople, signIn, signInByKey, signInByPeople, signOut } from "./access/sign-in.tsx";
import { PAGES } from "./pages/index.ts";
import { workspaces } from "./pages/workspaces.tsx";
import { serve } from "./serve.ts";

/** Bytes of a form: a connection with a thousand attributes fits, as it does in the API. */
const LARGEST = 1_000_000;

const limited = bodyLimit({
  maxSize: LARGEST,
  onError: () => {
    throw new PageFault("bad_request", "the form is too large");
  },
});

export const adminConsole = new Hono<App>();
adminConsole.use(limited, sameConsole);

// Signing in and out
adminConsole.get("/sign-in", signIn).post(signInByKey);
adminConsole.get("/sign-in/people", signInByPeople);
adminConsole.get("/callback", answerPeople);
adminConsole.post("/sign-out", signOut);

// Pages
adminConsole.get("/", serve(workspaces)).post(serve(workspaces));
for (const page of PAGES) {
  adminConsole.get(`/workspaces/:workspace${page.path}`, serve(page));
  if (page.post) adminConsole.post(`/workspaces/:workspace${page.path}`, serve(page));
}
