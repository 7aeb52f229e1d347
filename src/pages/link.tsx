import { Card } from "../ui/card.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Notice } from "../ui/notice.tsx";
import { Say, say } from "../ui/say.tsx";

type Which = "this" | "other";

interface Account {
  /** What its way to sign in is called. */
  readonly connection: string;
  readonly name?: string;
  /** Apps that know it. */
  readonly apps: readonly string[];
}

export interface LinkProps {
  readonly frame: Frame;
  readonly action: string;
  /** Where who thinks better of it goes. */
  readonly leave: string;
  /** The one that the person is signed in to, and the one that they proved beside it. */
  readonly accounts: Readonly<Record<Which, Account>>;
  /** Those that can stay: one, or both where the person has to choose. */
  readonly stays: readonly Which[];
  /** Apps know the account that does not stay. */
  readonly closes: boolean;
  /** Nothing was chosen. */
  readonly undecided?: boolean;
}

/** Names both accounts before they become one. */
export function Link({ frame, action, leave, accounts, stays, closes, undecided = false }: LinkProps) {
  const { link: words, product } = frame.text;
  const values = { workspace: frame.workspace?.name ?? product };
  const choice = closes && stays.length > 1;
  const [only = "this"] = stays;
  return (
    <Card frame={frame} title={words.title}>
      <h1>{words.title}</h1>
      <p>
        <Say words={words.lead} values={values} />
      </p>
      {undecided && <Notice title={words.undecided} />}
      <form method="post" action={href(action)}>
        {!choice && closes && <input type="hidden" id="stays" name="stays" value={only} />}
        {choice ? (
          <fieldset class="scopes">
            <legend>{words.which}</legend>
            {stays.map((which) => (
              <div class="scope">
                <label for={`stays-${which}`}>
                  <input type="radio" id={`stays-${which}`} name="stays" value={which} required />
                  <Words account={accounts[which]} here={which === "this"} words={words} />
                </label>
              </div>
            ))}
          </fieldset>
        ) : (
          <ul class="scopes">
            {(["this", "other"] as const).map((which) => (
              <li class="scope">
                <Words account={accounts[which]} here={which === "this"} words={words} />
              </li>
            ))}
          </ul>
        )}
        {!choice && (
          <p>
            <Say words={closes ? words.only : words.stays} values={accountValues(accounts[only])} strong />
          </p>
        )}
        {closes && <p class="note">{words.closes}</p>}
        <p class="quiet">{words.careful}</p>
        <p class="actions">
          <button class="button primary" id="link" name="action" value="link">
            {words.link}
          </button>
          <a id="leave" class="button" href={href(leave)}>
            {words.leave}
          </a>
        </p>
      </form>
    </Card>
  );
}

function Words({ account, here, words }: { account: Account; here: boolean; words: Frame["text"]["link"] }) {
  const { apps } = account;
  return (
    <span class="scope-words">
      <span class="scope-name">
        <bdi>{say(account.name ? words.named : words.unnamed, accountValues(account))}</bdi>
        {here && (
          <>
            {" "}
            <span class="count">{words.here}</span>
          </>
        )}
      </span>
      <span class="scope-note">
        {apps.length === 0 ? (
          words.noApps
        ) : (
          <Say words={words.apps} values={{ apps: apps.slice(0, MOST).join(", ") + rest(apps) }} />
        )}
      </span>
    </span>
  );
}

/** Apps that are named. */
const MOST = 5;
const rest = ({ length }: readonly string[]) => (length > MOST ? ` + ${length - MOST}` : "");

function accountValues({ connection, name }: Account) {
  return { connection, person: name ?? "" };
}
