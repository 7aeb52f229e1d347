import type { ClaimRow } from "../ui/claims.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Notice } from "../ui/notice.tsx";
import { Room } from "../ui/room.tsx";
import { Say, say } from "../ui/say.tsx";
import { Token } from "../ui/token.tsx";

interface Decoded {
  readonly raw: string;
  /** Both are absent for an opaque token. */
  readonly header?: Readonly<Record<string, unknown>>;
  readonly rows?: readonly ClaimRow[];
}

export interface DemoTokensProps {
  readonly frame: Frame;
  readonly action: string;
  readonly handle?: string;
  readonly person: string;
  readonly id_token?: Decoded;
  readonly access_token: Decoded;
  readonly userinfo?: { readonly rows: readonly ClaimRow[] };
  readonly refresh_token?: string;
  readonly portal?: string;
  readonly notice?: { readonly title: string; readonly detail?: string; readonly good?: boolean };
}

/** The demo app to someone who is signed in to it: everything an app gets to see. */
export function DemoTokens(props: DemoTokensProps) {
  const { frame, action, handle, person, id_token, access_token, userinfo, refresh_token, portal, notice } =
    props;
  const { demo: words, product } = frame.text;
  const { text } = frame;
  const values = { workspace: frame.workspace?.name ?? product, person };
  const sections = [
    ...(id_token ? [{ id: "id-token", title: words.idToken }] : []),
    { id: "access-token", title: words.accessToken },
    { id: "user-info", title: words.userinfo },
    { id: "refresh-token", title: words.refreshToken },
  ];
  return (
    <Room frame={frame} title={words.name} aside={<Say words={words.signedIn} values={values} strong />}>
      {notice && <Notice {...notice} />}
      <div class="hero">
        <h1>{words.signedInTitle}</h1>
        <p class="lead">
          <Say words={words.signedInLead} values={values} />
        </p>
      </div>
      <form method="post" action={href(action)} class="toolbar" aria-label={words.actions}>
        {handle !== undefined && <input type="hidden" id="handle" name="handle" value={handle} />}
        {refresh_token && (
          <button class="button" id="refresh" name="action" value="refresh">
            {words.refresh}
          </button>
        )}
        <button class="button" id="userinfo" name="action" value="userinfo">
          {words.getUserinfo}
        </button>
        <button class="button" id="revoke" name="action" value="revoke">
          {words.revoke}
        </button>
        <button class="button" id="logout" name="action" value="logout">
          {words.logout}
        </button>
      </form>
      <nav class="tabs" aria-label={words.sections}>
        {sections.map(({ id, title }) => (
          <a href={`#${id}`}>{title}</a>
        ))}
      </nav>
      {id_token && (
        <Token id="id-token" title={words.idToken} note={words.idTokenNote} text={text} {...id_token} />
      )}
      <Token
        id="access-token"
        title={words.accessToken}
        note={words.accessTokenNote}
        text={text}
        {...access_token}
      >
        {!access_token.rows && <p class="note">{say(words.opaque, values)}</p>}
      </Token>
      <Token
        id="user-info"
        title={words.userinfo}
        note={words.userinfoNote}
        text={text}
        rows={userinfo?.rows}
      >
        {!userinfo && <p class="note">{words.userinfoNone}</p>}
      </Token>
      <Token
        id="refresh-token"
        title={words.refreshToken}
        note={words.refreshTokenNote}
        text={text}
        raw={refresh_token}
      >
        {!refresh_token && <p class="note">{words.refreshTokenNone}</p>}
      </Token>
      {href(portal) && (
        <p class="aside">
          <a id="portal" class="link" href={href(portal)}>
            <Say words={words.portal} values={values} />
          </a>
        </p>
      )}
    </Room>
  );
}
