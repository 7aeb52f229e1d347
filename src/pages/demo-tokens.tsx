import type { Absent } from "../lineage.ts";
import type { ClaimRow } from "../ui/claims.tsx";
import type { Frame } from "../ui/layout.tsx";
import { Notice, type Said } from "../ui/notice.tsx";
import { PortalLink } from "../ui/portal-link.tsx";
import { Room } from "../ui/room.tsx";
import { Say, say } from "../ui/say.tsx";
import { TokenActions } from "../ui/token-actions.tsx";
import { Token } from "../ui/token.tsx";

interface Decoded {
  readonly raw: string;
  /** Both are absent for an opaque token. */
  readonly header?: Readonly<Record<string, unknown>>;
  readonly rows?: readonly ClaimRow[];
  readonly absent?: Missing;
}

type Missing = readonly { readonly name: string; readonly reason: Absent }[];

export interface DemoTokensProps {
  readonly frame: Frame;
  readonly action: string;
  /** Where a new sign-in begins. */
  readonly login: string;
  readonly handle?: string;
  readonly person: string;
  readonly id_token?: Decoded;
  readonly access_token: Decoded;
  /** The answer, or that there is none. */
  readonly userinfo:
    | { readonly rows: readonly ClaimRow[]; readonly absent?: Missing }
    | { readonly refused: Said };
  readonly refresh_token?: string;
  /** The tokens do not work any more. */
  readonly over?: boolean;
  readonly portal?: string;
  readonly notice?: Said;
}

/** The demo app to someone who is signed in to it: everything an app gets to see. */
export function DemoTokens(props: DemoTokensProps) {
  const { frame, action, login, handle, person, id_token, access_token, userinfo, refresh_token } = props;
  const { over = false, portal, notice } = props;
  const { text } = frame;
  const { demo: words, product } = text;
  const values = { workspace: frame.workspace?.name ?? product, person };
  const identity = { id: "id-token", title: words.idToken, note: words.idTokenNote, text };
  const access = { id: "access-token", title: words.accessToken, note: words.accessTokenNote, text };
  const info = { id: "user-info", title: words.userinfo, note: words.userinfoNote, text };
  const refresh = { id: "refresh-token", title: words.refreshToken, note: words.refreshTokenNote, text };
  const sections = [...(id_token ? [identity] : []), access, info, refresh];
  return (
    <Room frame={frame} title={words.name} aside={<Say words={words.signedIn} values={values} strong />}>
      {notice && <Notice {...notice} />}
      <div class="hero">
        <h1>{over ? words.overTitle : words.signedInTitle}</h1>
        <p class="lead">
          <Say words={over ? words.overLead : words.signedInLead} values={values} />
        </p>
      </div>
      <TokenActions
        action={action}
        handle={handle}
        login={login}
        text={text}
        refreshable={refresh_token !== undefined}
        over={over}
      />
      <nav class="tabs" aria-label={words.sections}>
        {sections.map(({ id, title }) => (
          <a href={`#${id}`}>{title}</a>
        ))}
      </nav>
      {id_token && <Token {...identity} {...id_token} />}
      <Token {...access} {...access_token}>
        {!access_token.rows && <p class="note">{say(words.opaque, values)}</p>}
      </Token>
      {"rows" in userinfo ? (
        <Token {...info} {...userinfo} />
      ) : (
        <Token {...info}>
          <Notice {...userinfo.refused} inPlace />
        </Token>
      )}
      <Token {...refresh} raw={refresh_token}>
        {!refresh_token && <p class="note">{words.refreshTokenNone}</p>}
      </Token>
      <PortalLink to={portal} words={words.portal} workspace={values.workspace} />
    </Room>
  );
}
