/** The API for post-authentication applications: they read a sign-in that waits for them, and complete or abort it. */
import { Hono } from "hono";
import * as z from "zod";
import { appClientId, MANAGE_POST_AUTHN } from "../config/custom-app.ts";
import type { AppSession, JsonObject } from "../flow.ts";
import { makeBroker } from "../http/broker.ts";
import type { App, AppContext } from "../http/context.ts";
import { seal, unseal } from "../crypto/seal.ts";
import { place } from "../steps/custom-app.ts";
import { readLogin } from "../steps/app-login.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import type { AppAnswer } from "../store/subject/app-login.ts";
import { issuesOf } from "../store/workspace/issues.ts";
import { readObject } from "./exchange.ts";
import { loginSession } from "./login-session.ts";
import { asProblem } from "./on-api-error.ts";
import { Problem, writeProblem } from "./problem.ts";
import { systemClient } from "./system-client.ts";

const Complete = z.object({
  id: z.string(),
  login_state: z.string(),
  authentication_context: z.record(z.string(), z.json()).default({}),
});
const Abort = z.object({
  id: z.string(),
  login_state: z.string(),
  error: z.string().max(100).default("access_denied"),
  error_description: z.string().max(500).default(""),
  /**
   * Taken, for applications that send it, and without effect. In the original it is the status of a failure page of its
   * own; here `redirect_to` leads to the client, which is proven by then and is told by a redirect (RFC 6749 §4.1.2.1).
   */
  status_code: z.int().optional(),
});

/** Bytes of an answer: a context has at most 64 KB. */
const LARGEST = 100_000;

/** Under `/api/system`: paths, fields and answers are those of the original, so that its applications run unchanged. */
export const postAuthn = new Hono<App>();
postAuthn.onError((error, c) => {
  const { status, message, more } = asProblem(error, c);
  // The original's members stand beside ours: its applications say why by them.
  return writeProblem(c, new Problem(status, message, { error: message, status_code: status, ...more }));
});

postAuthn.get("/default/post-authn/:login", async (c) => {
  const { object, broker, login, app, id } = await waiting(c);
  const row = await object.appLogin(login.id, app, c.req.query("login_state") ?? "");
  const session =
    row && (await unseal<AppSession>(broker.keyring, place(broker, login.subject), row.session));
  if (!row || !session) throw gone();
  const client = (await broker.client(row.client_id)) ?? {};
  return c.json(loginSession(broker, { id, row, session, subject: login.subject, client }));
});

postAuthn.post("/default/post-authn/:login/complete", async (c) => {
  const at = await waiting(c);
  const { id, login_state, authentication_context } = await body(c, Complete);
  return answer(c, at, id, login_state, async (seals) => ({
    as: "completed",
    context: await seals(authentication_context as JsonObject),
    names: Object.keys(authentication_context)
      .slice(0, 100)
      .map((name) => name.slice(0, 128)),
  }));
});

postAuthn.post("/default/post-authn/:login/abort", async (c) => {
  const at = await waiting(c);
  const { id, login_state, error, error_description } = await body(c, Abort);
  // RFC 6749 §4.1.2.1: what a client may be told.
  const description = error_description.replaceAll(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, " ").trim();
  return answer(c, at, id, login_state, async () => ({
    as: "aborted",
    error: error.replaceAll(/[^\w.-]/g, "_"),
    description: description || "the application ended the sign-in",
  }));
});

type Seals = (values: JsonObject) => Promise<Extract<AppAnswer, { as: "completed" }>["context"]>;

/** Once: the second answer, of whatever kind, finds nothing. */
async function answer(
  c: AppContext,
  { object, broker, login, app }: Awaited<ReturnType<typeof waiting>>,
  id: string,
  state: string,
  make: (seals: Seals) => Promise<AppAnswer>,
) {
  if (id !== c.req.param("login")) throw new Problem(400, "id is not the login of the address");
  const made = await make((values) => seal(broker.keyring, place(broker, login.subject), values));
  const about = broker.about(login.subject);
  if (!(await object.answerApp(about, login.id, app, state, made))) throw gone();
  return c.json({ redirect_to: `${broker.issuer}/post-authn/${state}` });
}

/** Another application's sign-in, another workspace's and one that is over are all the same: not there. */
async function waiting(c: AppContext) {
  const client = await systemClient(c, MANAGE_POST_AUTHN);
  const id = c.req.param("login") ?? "";
  const login = await readLogin(c.var.deployment.keyring, id);
  const configuration = readConfiguration(c.env, clock);
  const workspace = login && (await configuration.workspace(login.workspace));
  const broker = workspace && makeBroker(c, workspace, configuration);
  // The client's name says whose it is, and no two applications share one.
  const [, named, app = ""] = client.split(".");
  if (!login || !broker || named !== login.workspace || client !== appClientId(named, app)) throw gone();
  if (!(await broker.app(app))) throw gone();
  return { object: broker.subject(login.subject), broker, login, app, id };
}

async function body<T>(c: AppContext, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(await readObject(c, LARGEST));
  if (!parsed.success) throw new Problem(422, "the answer is not valid", { errors: issuesOf(parsed.error) });
  return parsed.data;
}

function gone(): Problem {
  return new Problem(404, "no sign-in of that id and state waits for this application");
}
