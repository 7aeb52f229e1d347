/** The person on their way through a post-authentication application, and back. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { CustomApp } from "../config/custom-app.ts";
import type { Connection } from "../connectors/index.ts";
import { randomId } from "../crypto/handle.ts";
import { seal, unseal } from "../crypto/seal.ts";
import type { AppSession, AuthorizationRequest, JsonObject, Waiting } from "../flow.ts";
import { OAuthError } from "../oauth/error.ts";
import type { Continued } from "../store/subject/app-login.ts";
import { writeLogin } from "./app-login.ts";
import { madeBy } from "./made-by.ts";
import { override } from "./override.ts";
import type { Extended } from "./post-authn.ts";
import type { Next } from "./stage.ts";
import { type Who, whose } from "./whose.ts";

type AppWaiting = Extract<Waiting, { at: "app" }>;

/** @returns undefined where the connection names none @throws OAuthError where it names one that cannot be asked */
export async function appOf(broker: Broker, connection: Connection): Promise<CustomApp | undefined> {
  const id = connection.post_authn_app_id;
  if (id === undefined) return undefined;
  const app = await broker.app(id);
  // Left out, whatever it asks of people would be skipped.
  if (!app)
    throw new OAuthError("access_denied", "this way to sign in cannot be used right now", {
      reason: "the post-authentication application is gone, or the feature custom_apps is off",
    });
  return app;
}

/** The sign-in waits in the person's object, and the browser goes. @throws OAuthError for another person than was asked for */
export async function leaveForApp(
  broker: Broker,
  client: Client,
  request: AuthorizationRequest,
  app: CustomApp,
  connection: Connection,
  { authentication, executed }: Extended,
  identity: Who,
): Promise<Next> {
  const [login, state, left_at] = [randomId(), randomId(), broker.now()];
  // Noted now: what an operator changes while the person is away did not make this context, which is not to be used as if.
  const made_by = await madeBy(broker, connection);
  const { who } = await whose(broker, identity, request.hinted_subject, async ({ subject }, arriving) => {
    const session = await seal<AppSession>(broker.keyring, place(broker, subject), {
      authentication,
      request,
      made_by,
    });
    const row = { app: app.id, state, client_id: client.client_id, session, left_at };
    return broker.subject(subject).awaitApp(broker.about(subject), arriving, login, row, executed);
  });
  const waiting = { at: "app", request, app: app.id, ...who, login, left_at } as const;
  return { go: "app", to: await addressOf(broker, app, waiting, state), waiting, state };
}

/** Again to the application: the browser came back before it had answered. */
export async function returnToApp(
  broker: Broker,
  app: CustomApp,
  waiting: AppWaiting,
  state: string,
): Promise<Next> {
  return { go: "app", to: await addressOf(broker, app, waiting, state), waiting, state };
}

/** @throws OAuthError when the application ended the sign-in, or it is over */
export async function answerOf(
  broker: Broker,
  { subject, app }: AppWaiting,
  continued: Continued,
): Promise<Extended> {
  if (continued.as !== "answered")
    throw new OAuthError("access_denied", "this sign-in was already continued or is too old");
  const { row, answer } = continued;
  if (answer.as === "aborted")
    throw new OAuthError("access_denied", answer.description, {
      reason: `the application said ${answer.error}`,
    });
  const session = await unseal<AppSession>(broker.keyring, place(broker, subject), row.session);
  const values = await unseal<JsonObject>(broker.keyring, place(broker, subject), answer.context);
  if (!session || !values)
    throw new OAuthError("access_denied", "this sign-in is too old", {
      reason: "the deployment key is gone",
    });
  const by = { from: "app", name: app } as const;
  const authentication = override(session.authentication, values, by, broker.workspace.schema);
  return { authentication, executed: [], ...(session.made_by !== undefined && { made_by: session.made_by }) };
}

/** Where a waiting sign-in and the application's answer are sealed for. */
export function place({ workspace }: Pick<Broker, "workspace">, subject: string) {
  return { purpose: "app", workspace: workspace.id, owner: subject } as const;
}

async function addressOf(broker: Broker, app: CustomApp, waiting: AppWaiting, state: string): Promise<URL> {
  const to = new URL(app.url);
  to.searchParams.set("login_id", await writeLogin(broker, waiting));
  to.searchParams.set("login_state", state);
  return to;
}
