/** Getting started: from an empty workspace to a first sign-in, one step after the other. */
import type { JsonObject } from "../../../flow.ts";
import { Copy } from "../../../ui/copy.tsx";
import { List } from "../../../ui/list.tsx";
import type { Desk } from "../desk.ts";
import { issuerOf } from "../issuer.ts";
import type { Page, View } from "../page.ts";
import { readSignIn, ResultOf } from "../result.tsx";
import { text } from "../text.ts";

export const gettingStarted: Page = {
  path: "/getting-started",
  area: "connections",
  navigation: "Getting started",
  get: async (desk) => steps(desk),
  /** The demo app: an ordinary public client, whose page shows what an app gets. */
  async post(desk) {
    const issuer = await issuerOf(desk);
    await desk.write("PUT", `clients/${demoOf(desk)}`, {
      client_name: "Demo app",
      token_endpoint_auth_method: "none",
      redirect_uris: [`${issuer}/demo`],
      grant_types: ["authorization_code", "refresh_token"],
      scope: ["openid", "profile", "email", "phone", "address", "offline_access", "view_lineage"],
    });
    return { to: desk.href("/getting-started"), said: "created" };
  },
};

const demoOf = ({ workspace }: Desk) => `${workspace}-demo`;

async function steps(desk: Desk): Promise<View> {
  const [issuer, connections, demo, last] = await Promise.all([
    issuerOf(desk),
    list(desk, "connections?limit=50"),
    desk.may("clients", "read") ? list(desk, `clients?search=${demoOf(desk)}&limit=1`) : [],
    desk.may("audit", "read") ? list(desk, "audit-events?type=sign_in&limit=1") : [],
  ]);
  const [first] = connections;
  const [signIn] = last;
  const ran = signIn && (await readSignIn(desk, text(signIn, "subject"), text(signIn, "session")));
  return {
    title: "Getting started",
    body: (
      <ol class="todo">
        <li class={first ? "done" : ""}>
          <div>
            <h2>Connect an identity provider</h2>
            <p>Choose its template and fill in the form. Help at each field says where the value is found.</p>
            {desk.may("connections", "write") && (
              <p>
                <a
                  class={first ? "button" : "button primary"}
                  id="create"
                  href={desk.href("/identity-providers/create")}
                >
                  Create Connection
                </a>
              </p>
            )}
          </div>
        </li>
        <li class={signIn ? "done" : ""}>
          <div>
            <h2>Tell the provider our address</h2>
            <p>Enter the Redirect URL at the provider as callback URL. It sends people back to no other.</p>
            {connections.map((connection) => (
              <div class="field">
                <label for={`redirect_url-${text(connection, "id")}`}>{text(connection, "name")}</label>
                <Copy
                  id={`redirect_url-${text(connection, "id")}`}
                  value={text(connection, "redirect_url")}
                  label={`the Redirect URL of ${text(connection, "name")}`}
                />
              </div>
            ))}
          </div>
        </li>
        <li class={signIn ? "done" : ""}>
          <div>
            <h2>Check the connection</h2>
            <p>Its page has a button that says what is wrong, how sure that is, and where to mend it.</p>
            <p class="actions">
              {connections.map((connection) => (
                <a
                  class="button"
                  id={`check-${text(connection, "id")}`}
                  href={desk.href(`/identity-providers/${encodeURIComponent(text(connection, "id"))}`)}
                >
                  <span>
                    Open <bdi>{text(connection, "name")}</bdi>
                  </span>
                </a>
              ))}
            </p>
          </div>
        </li>
        <li class={signIn ? "done" : ""}>
          <div>
            <h2>Sign in once as a test</h2>
            <TestSignIn desk={desk} issuer={issuer} connections={connections} ready={demo.length > 0} />
          </div>
        </li>
        <li class={signIn ? "done" : ""}>
          <div>
            <h2>See what came of it</h2>
            {signIn ? (
              <>
                <Result desk={desk} signIn={signIn} />
                {ran && <ResultOf signIn={ran} />}
                <Next desk={desk} />
              </>
            ) : (
              <p>After the test sign-in it is shown here, within half a minute.</p>
            )}
          </div>
        </li>
      </ol>
    ),
  };
}

function TestSignIn({
  desk,
  issuer,
  connections,
  ready,
}: {
  desk: Desk;
  issuer: string;
  connections: readonly JsonObject[];
  ready: boolean;
}) {
  if (connections.length === 0) return <p>First connect a provider.</p>;
  if (!ready)
    return desk.may("clients", "write") ? (
      <form method="post" class="sheet">
        <p>
          The test needs an app. The demo app of this workspace is one; it shows its tokens, and where each
          value came from.
        </p>
        <p>
          <button class="button primary" id="make-demo" name="action" value="demo">
            Make the demo app
          </button>
        </p>
      </form>
    ) : (
      <p>Ask somebody who may change applications to make the demo app: a client called {demoOf(desk)}.</p>
    );
  return (
    <>
      <p>
        A new tab opens. Sign in there as one of the provider's people: the demo app shows the ID token, the
        access token and user info, and for each value its way through the authentication context.
      </p>
      <p class="actions">
        {connections.map((connection) => (
          <a
            class="button primary"
            id={`test-${text(connection, "id")}`}
            href={`${issuer}/demo/login?idp_hint=${encodeURIComponent(text(connection, "id"))}`}
            target="_blank"
            rel="noopener"
          >
            <span>
              Sign in with <bdi>{text(connection, "name")}</bdi>
            </span>
          </a>
        ))}
      </p>
    </>
  );
}

function Result({ desk, signIn }: { desk: Desk; signIn: JsonObject }) {
  const subject = text(signIn, "subject");
  return (
    <>
      <p>
        Somebody signed in. What the provider said became the authentication context, and tokens are made of
        it.
      </p>
      <List
        label="The last sign-in"
        columns={["Person", "Connection", "Application"]}
        rows={[
          {
            id: "last",
            name: <code>{`${subject.slice(0, 8)}…`}</code>,
            ...(desk.may("subjects", "read") && { href: desk.href(`/people/${subject}`) }),
            cells: [text(signIn, "connection"), text(signIn, "client_id")],
          },
        ]}
      />
    </>
  );
}

function Next({ desk }: { desk: Desk }) {
  if (!desk.may("clients", "write")) return <></>;
  return (
    <>
      <p>Next, register your own app: it needs the issuer, a client ID and a redirect URI.</p>
      <p>
        <a class="button primary" id="create-application" href={desk.href("/applications/create")}>
          Create application
        </a>
      </p>
    </>
  );
}

async function list(desk: Desk, path: string): Promise<readonly JsonObject[]> {
  const { body } = await desk.read(path);
  return body["items"] as JsonObject[];
}
