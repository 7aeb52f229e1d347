/** Applications: the clients of the workspace, in the words of RFC 7591. */
import { choicesOf } from "../choices.ts";
import { confirmation, confirmed } from "../confirm.tsx";
import { shownOnce } from "../edit.tsx";
import type { Desk } from "../desk.ts";
import type { Page } from "../page.ts";
import { recordPages } from "../records.tsx";
import { text, texts } from "../text.ts";

const PATH = "/applications";

const records = recordPages({
  record: "clients",
  area: "clients",
  path: PATH,
  navigation: "Applications",
  title: "Applications",
  one: "application",
  lead: "Apps that sign people in here, and programs that call APIs.",
  name: (client) => text(client, "client_name"),
  columns: {
    "Client ID": (client) => <code>{text(client, "client_id")}</code>,
    "Grant types": (client) => (
      <span class="pills">
        {texts(client, "grant_types").map((type) => (
          <span class="pill">{type}</span>
        ))}
      </span>
    ),
    State: ({ disabled }) => (
      <span class={disabled === true ? "pill warn" : "pill good"}>
        {disabled === true ? "switched off" : "on"}
      </span>
    ),
  },
  words: {
    client_id: {
      label: "Client ID",
      help: "Names the app in requests and in tokens. It never changes.",
      fixed: true,
    },
    client_name: { label: "Name", help: "People read it where the app asks for access." },
    token_endpoint_auth_method: {
      label: "Client authentication",
      help: "An app that runs in a browser or on a phone cannot keep a secret: none. PKCE is asked of it always.",
    },
    redirect_uris: {
      label: "Redirect URIs",
      help: "One a line. Answers go to exactly these addresses.",
      placeholder: "https://app.example.com/callback",
    },
    grant_types: { label: "Grant types" },
    scope: { label: "Scopes", help: "What the app may ask for." },
    trusted: {
      label: "Trusted",
      help: "People are not asked for consent. Only for apps of your own.",
    },
    disabled: { label: "Switched off", help: "It gets no tokens, and those it has end." },
    post_logout_redirect_uris: {
      label: "Addresses after sign-out",
      help: "One a line.",
      advanced: true,
    },
    backchannel_logout_uri: {
      label: "Address that is told of sign-outs",
      help: "Gets a logout token when a session ends in which the app was given tokens (back-channel logout).",
      advanced: true,
    },
    initiate_login_uri: {
      label: "Address that begins a sign-in",
      help: "Where a provider that may begin sign-ins sends people (initiate_login_uri). The app then asks as usual.",
      advanced: true,
    },
    id_token_signed_response_alg: { label: "Algorithm of the ID token", advanced: true },
    client_token_minting_script: {
      label: "Script for its tokens",
      help: "Adds claims to the tokens of this application.",
      advanced: true,
    },
    jwks_uri: {
      label: "Address of its keys",
      help: "For private_key_jwt: an https address of a JWK set.",
      advanced: true,
    },
    jwks: { label: "Its keys", help: "For private_key_jwt: a JWK set with public keys.", advanced: true },
    client_uri: { label: "Website", advanced: true },
    logo_uri: { label: "Logo", help: "An https address of a picture.", advanced: true },
    policy_uri: { label: "Privacy policy", advanced: true },
    tos_uri: { label: "Terms of service", advanced: true },
    credentials_expire_at: {
      label: "Secret or keys end on",
      help: "The day on which they are to be replaced. There are alerts before.",
      date: true,
      advanced: true,
    },
  },
  choices: async (desk) => ({
    ...(await choicesOf(desk, { scope: "scopes" })),
    ...(await choicesOf(desk, { client_token_minting_script: "scripts" }, "choice")),
  }),
  breaks: (client) => [
    `Nobody can sign in to ${text(client, "client_name")} any more, and its tokens end within ten seconds.`,
    "An app that is made again under the same client ID gets none of what people granted this one.",
  ],
  more: (desk, client) =>
    desk.may("clients", "write") && text(client, "token_endpoint_auth_method").startsWith("client_secret") ? (
      <p>
        <a
          class="button"
          id="new-secret"
          href={desk.href(`${PATH}/${encodeURIComponent(text(client, "client_id"))}/secret`)}
        >
          Make a new secret
        </a>
      </p>
    ) : (
      <></>
    ),
});

/** A new secret takes the place of the old one at once. */
const secret: Page = {
  path: `${PATH}/:id/secret`,
  area: "clients",
  verb: "write",
  get: async (desk) => confirmation(await asked(desk)),
  async post(desk, typed) {
    const question = await asked(desk);
    if (!confirmed(typed, question.name)) return confirmation({ ...question, wrong: typed });
    const id = desk.param("id");
    const { body } = await desk.write("PATCH", `clients/${encodeURIComponent(id)}`, { client_secret: null });
    return shownOnce(
      desk,
      "application",
      up,
      `${PATH}/${encodeURIComponent(id)}`,
      text(body, "client_secret"),
    );
  },
};

export const applications = [...records, secret];

const up = { words: "Applications", path: PATH };

async function asked(desk: Desk) {
  const id = encodeURIComponent(desk.param("id"));
  const { body } = await desk.read(`clients/${id}`);
  const name = text(body, "client_name");
  return {
    title: "Make a new secret",
    trail: [up, { words: name, path: `${PATH}/${id}` }],
    breaks: [
      `${name} cannot get tokens with its old secret any more, from within ten seconds on, until it has the new one.`,
    ],
    name,
    button: "Make a new secret",
    back: desk.href(`${PATH}/${id}`),
  };
}
