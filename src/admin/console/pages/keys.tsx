/** Signing keys: what each does now, and *Revoke now*. */
import { List } from "../../../ui/list.tsx";
import { When } from "../../../ui/when.tsx";
import { confirmation, confirmed } from "../confirm.tsx";
import type { Desk } from "../desk.ts";
import type { Page, View } from "../page.ts";

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly use_from: number;
  readonly revoked_at?: number;
  readonly published: boolean;
  readonly signing: boolean;
}

const TRAIL = [{ words: "Keys", path: "/keys" }];

interface Resealed {
  readonly under: string;
  readonly sealed: readonly string[];
  readonly unreadable: readonly string[];
}

const list: Page = {
  path: "/keys",
  area: "keys",
  navigation: "Keys",
  async get(desk) {
    const keys = await keysOf(desk);
    return {
      title: "Keys",
      body: (
        <>
          <p class="lead">
            Tokens are signed with these. A key signs for 90 days; the next one is published a day before it
            signs, and nobody has to do anything. Revoke a key only when its private half may be known to
            somebody.
          </p>
          <List
            label="Keys"
            columns={[
              "Key",
              "Algorithm",
              "State",
              "Signs from",
              ...(desk.may("keys", "write") ? ["Action"] : []),
            ]}
            rows={keys.map((key) => ({
              id: key.kid,
              name: <code>{key.kid}</code>,
              cells: [
                key.alg,
                <span class={key.signing ? "pill good" : key.revoked_at ? "pill warn" : "pill"}>
                  {stateOf(key)}
                </span>,
                <When at={key.use_from} locale={desk.locale} />,
                ...(desk.may("keys", "write")
                  ? [
                      key.revoked_at === undefined ? (
                        <a
                          class="button small danger"
                          id={`revoke-${key.kid}`}
                          href={desk.href(`/keys/${key.kid}/revoke`)}
                        >
                          Revoke now
                        </a>
                      ) : (
                        ""
                      ),
                    ]
                  : []),
              ],
            }))}
          />
          {desk.may("keys", "write") && (
            <p>
              <a class="button" id="reseal" href={desk.href("/keys/seal")}>
                Seal anew
              </a>
            </p>
          )}
        </>
      ),
    };
  },
};

const revoke: Page = {
  path: "/keys/:kid/revoke",
  area: "keys",
  verb: "write",
  get: async (desk) => confirmation(asked(desk)),
  async post(desk, typed) {
    if (!confirmed(typed, desk.workspace)) return confirmation({ ...asked(desk), wrong: typed });
    await desk.write("POST", `keys/${encodeURIComponent(desk.param("kid"))}/revoke`);
    return { to: desk.href("/keys"), said: "revoked" };
  },
};

/** After a new deployment key, so that the old one can go. Safe to repeat. */
const sealing: Page = {
  path: "/keys/seal",
  area: "keys",
  verb: "write",
  get: async () => sealed(),
  post: async (desk) => sealed((await desk.write<Resealed>("POST", "reseal")).body),
};

function sealed(done?: Resealed): View {
  const [unreadable] = done?.unreadable ?? [];
  return {
    title: "Seal anew",
    trail: TRAIL,
    ...(done && {
      notice: {
        title: unreadable
          ? "Not everything could be read."
          : `Everything is sealed under the key ${done.under}.`,
        detail: unreadable
          ? `No deployment key opens these: ${done.unreadable.join(", ")}. Put the key back that does, or write them anew.`
          : `${done.sealed.length || "None"} of it was under another key before.`,
        good: !unreadable,
      },
    }),
    body: (
      <>
        <p class="lead">
          After a new DEPLOYMENT_KEY, what this workspace keeps secret is sealed under it: credentials,
          scripts' secrets, the private halves of signing keys. Do it in each workspace, system too. The old
          key may go when nothing is unreadable anywhere and sessions of before have ended.
        </p>
        <form method="post">
          <button class="button primary" id="seal" name="action" value="seal">
            Seal anew
          </button>
        </form>
      </>
    ),
  };
}

export const keys = [list, revoke, sealing];

/** A key has no name that anybody would know: the workspace whose tokens it signed has. */
function asked(desk: Desk) {
  return {
    title: "Revoke a key now",
    trail: TRAIL,
    breaks: [
      `Within ten seconds nothing that the key ${desk.param("kid")} signed is accepted by ${desk.workspace}: access tokens end before their time, and apps have to get new ones.`,
      "APIs that check signatures by themselves refuse them as soon as they read the key set again; that may take an hour.",
      "Another key signs from this moment. Sign-ins and refresh tokens go on.",
    ],
    name: desk.workspace,
    button: "Revoke now",
    back: desk.href("/keys"),
  };
}

async function keysOf(desk: Desk): Promise<readonly Key[]> {
  return (await desk.read<{ items: readonly Key[] }>("keys")).body.items;
}

function stateOf({ signing, published, revoked_at }: Key): string {
  if (revoked_at !== undefined) return "revoked";
  if (signing) return "signs now";
  return published ? "published" : "former";
}
