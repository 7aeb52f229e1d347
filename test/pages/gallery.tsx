import { ApiReference } from "../../src/pages/api-reference.tsx";
import { Chooser } from "../../src/pages/choose.tsx";
import { Consent } from "../../src/pages/consent.tsx";
import { DemoTokens } from "../../src/pages/demo-tokens.tsx";
import { Demo } from "../../src/pages/demo.tsx";
import { EraseMe } from "../../src/pages/erase-me.tsx";
import { ErrorPage } from "../../src/pages/error.tsx";
import { FormPost } from "../../src/pages/form-post.tsx";
import { Leave } from "../../src/pages/leave.tsx";
import { Link } from "../../src/pages/link.tsx";
import { LinkEnded } from "../../src/pages/link-ended.tsx";
import { NoConnections } from "../../src/pages/no-connections.tsx";
import { Portal } from "../../src/pages/portal.tsx";
import { ProveAgain } from "../../src/pages/prove-again.tsx";
import { SignOut } from "../../src/pages/sign-out.tsx";
import { SignedOut } from "../../src/pages/signed-out.tsx";
import { WelcomeBack } from "../../src/pages/welcome-back.tsx";
import { Welcome } from "../../src/pages/welcome.tsx";
import { STANDARD_SCOPES } from "../../src/config/scope.ts";
import type { Absent } from "../../src/lineage.ts";
import { en, type ErrorKind, type Text } from "../../src/ui/text/en.ts";

interface Fill {
  readonly text?: Text;
  /** Stands in every place for a word. */
  readonly word: string;
  /** Stands in every place for an address. */
  readonly link: string;
}

/** Every page in its states, each as a whole document; in other languages the pages of people only. */
export function gallery({ text = en, word, link }: Fill): Promise<[string, string][]> {
  const frame = {
    text,
    assets: { style: "/assets/style.css", theme: "/assets/theme.css" },
    workspace: { name: word, logo_uri: link, welcome: word, help: word },
    request_id: word,
  };
  const client = { name: word, logo_uri: link, client_uri: link, policy_uri: link, tos_uri: link };
  const values = [{ label: word, value: word }];
  const scopes = ["openid", "offline_access", word].map((name) => ({ name, display_name: word, values }));
  const rows = [
    { name: word, value: word, origin: [word, word] },
    { name: "iat", value: 1795380370, origin: "protocol" as const },
    { name: word, value: [word, 1] },
    { name: word, value: { [word]: word } },
    { name: word, value: [] },
    { name: word, value: false },
  ];
  const token = { raw: word, header: { [word]: word }, rows };
  const accounts = {
    this: { connection: word, name: word, apps: [word] },
    other: { connection: word, apps: [] },
  };
  const notice = { title: word, detail: word };
  const { demo: told } = text;
  const refused = Object.keys(en.link.refused) as (keyof Text["link"]["refused"])[];
  const pages = {
    chooser: (
      <Chooser
        frame={frame}
        client={client}
        cancel={link}
        remember={{ on: true, href: link }}
        connections={[
          { id: word, name: word, method: word, logo_uri: link, href: link },
          { id: "second", name: word, method: "saml", href: link },
        ]}
      />
    ),
    "welcome back": (
      <WelcomeBack
        frame={frame}
        client={client}
        person={word}
        connection={{ name: word }}
        go={link}
        another={link}
        forget={link}
      />
    ),
    "welcome back, unnamed": (
      <WelcomeBack
        frame={frame}
        client={client}
        connection={{ name: word }}
        go={link}
        another={link}
        forget={link}
      />
    ),
    "chooser with discovery": (
      <Chooser
        frame={frame}
        client={client}
        connections={[{ id: "second", name: word, method: "saml", href: link }]}
        remember={{ on: false, href: link }}
        discovery={{ action: link, fields: [[word, word]], address: word, led: "to none" }}
      />
    ),
    "chooser that discovered": (
      <Chooser
        frame={frame}
        client={client}
        connections={[{ id: "second", name: word, method: "saml", href: link }]}
        discovery={{ action: link, fields: [], address: word, led: "to a connection" }}
      />
    ),
    "chooser that discovers only": (
      <Chooser
        frame={frame}
        client={client}
        connections={[]}
        discovery={{ action: link, fields: [], address: word, led: "to no domain" }}
      />
    ),
    "chooser that led nowhere": (
      <Chooser
        frame={frame}
        client={client}
        connections={[]}
        discovery={{ action: link, fields: [], address: word, led: "to none" }}
      />
    ),
    "no connections": <NoConnections frame={frame} client={client} back={link} />,
    consent: (
      <Consent
        frame={frame}
        client={client}
        redirect_uri={link}
        person={word}
        action={link}
        handle={word}
        scopes={scopes}
        always={values}
        scripted
      />
    ),
    "consent to all that is usual": (
      <Consent
        frame={frame}
        client={client}
        redirect_uri={link}
        person={word}
        action={link}
        handle={word}
        scopes={STANDARD_SCOPES.map((scope) => ({ ...scope, values: [] }))}
        always={[
          ...Object.values(text.claims).map((label) => ({ label, value: text.consent.yes })),
          { label: word, value: text.consent.no },
        ]}
      />
    ),
    leave: <Leave frame={frame} to={link} client={client} />,
    "leave, stuck": <Leave frame={frame} to="javascript:alert(1)" client={client} />,
    "form post": (
      <FormPost frame={frame} action={link} fields={{ [word]: word }} client={client} nonce={word} />
    ),
    portal: <Portal frame={frame} login={link} demo={link} signIn={link} failed />,
    "portal of a person": (
      <Portal
        frame={frame}
        login={link}
        demo={link}
        signIn={link}
        mine={{
          name: word,
          base: link,
          signOut: link,
          apps: [
            {
              client: { id: "app", name: word, client_uri: link, logo_uri: link },
              given_at: 1795380370,
              connection: word,
              granted_scopes: [{ name: word, display_name: word }],
              claims: [word],
              readable_until: 1795380370,
              trusted: true,
            },
          ],
          withdrawn: [{ name: word, readable_until: 1795380370 }],
          ways: {
            known: [
              { id: "first", connection: word },
              { id: "second", connection: word, name: word, linked_at: 1795380370 },
            ],
            addable: [{ id: "third", name: word }],
          },
          sessions: ["one", "other"].map((id) => ({
            id,
            browser: id === "one" ? word : "",
            connection: word,
            auth_time: 1795380370,
            active_time: 1795380370,
            ip_address: word,
            here: id === "one",
          })),
        }}
      />
    ),
    "portal of a person, empty": (
      <Portal
        frame={frame}
        login={link}
        demo={link}
        signIn={link}
        failed
        mine={{
          base: link,
          signOut: link,
          apps: [],
          withdrawn: [],
          ways: { known: [{ id: "first", connection: word }], addable: [] },
          sessions: [],
        }}
      />
    ),
    "prove again": <ProveAgain frame={frame} connection={client} again={link} stay={link} />,
    "link, nothing lost": (
      <Link frame={frame} action={link} leave={link} accounts={accounts} stays={["this"]} closes={false} />
    ),
    "link, a choice": (
      <Link
        frame={frame}
        action={link}
        leave={link}
        accounts={accounts}
        stays={["this", "other"]}
        closes
        undecided
      />
    ),
    "link, one way": (
      <Link frame={frame} action={link} leave={link} accounts={accounts} stays={["other"]} closes />
    ),
    "link, done": <LinkEnded frame={frame} because="closed" back={link} />,
    ...Object.fromEntries(
      refused.map((because) => [
        `link, refused: ${because}`,
        <LinkEnded frame={frame} because={because} back={link} />,
      ]),
    ),
    "erase me": <EraseMe frame={frame} action={link} stay={link} />,
    erased: <SignedOut frame={frame} erased />,
    demo: <Demo frame={frame} login={link} action={link} scope={word} portal={link} notice={notice} />,
    "demo, over": (
      <Demo
        frame={frame}
        login={link}
        action={link}
        scope={word}
        portal={link}
        notice={{ title: told.over, detail: told.overNext }}
      />
    ),
    "demo, failed": (
      <Demo
        frame={frame}
        login={link}
        action={link}
        scope={word}
        portal={link}
        notice={{ title: told.failed, detail: word }}
      />
    ),
    "demo tokens": (
      <DemoTokens
        frame={frame}
        action={link}
        login={link}
        handle={word}
        person={word}
        id_token={token}
        access_token={token}
        userinfo={{
          rows,
          absent: (Object.keys(told.reasons) as Absent[]).map((reason) => ({ name: word, reason })),
        }}
        refresh_token={word}
        portal={link}
        notice={{ title: told.refreshed, good: true }}
      />
    ),
    "demo tokens, little": (
      <DemoTokens
        frame={frame}
        action={link}
        login={link}
        person={word}
        access_token={{ raw: word }}
        userinfo={{ rows: [] }}
      />
    ),
    "demo tokens, over": (
      <DemoTokens
        frame={frame}
        action={link}
        login={link}
        handle={word}
        person={word}
        access_token={token}
        userinfo={{ refused: { title: told.refused, detail: word } }}
        refresh_token={word}
        notice={{ title: told.revoked, good: true }}
        over
      />
    ),
    "sign out": <SignOut frame={frame} action={link} client={client} fields={{ [word]: word }} />,
    "signed out": <SignedOut frame={frame} again={link} />,
    "signed out here alone": (
      <SignedOut frame={frame} unconfirmed={{ provider: word }} onward={{ to: link, name: word }} />
    ),
    welcome: <Welcome frame={{ text, assets: frame.assets }} host={word} />,
  };
  const forOperators = {
    "api reference": (
      <ApiReference
        frame={frame}
        origin=""
        operations={[
          { method: word, path: word, tag: word, summary: word, scope: word, body: word, query: [word] },
        ]}
        schemas={{ [word]: { [word]: word } }}
      />
    ),
  };
  const kinds = Object.keys(en.error.kinds) as ErrorKind[];
  const errors = kinds.map((kind): [string, Promise<string>] => [
    `error ${kind}`,
    print(<ErrorPage frame={frame} kind={kind} home={link} code={word} detail={word} time={word} />),
  ]);
  const all = [
    ...Object.entries(text === en ? { ...pages, ...forOperators } : pages).map(
      ([name, page]): [string, Promise<string>] => [name, print(page)],
    ),
    ...errors,
  ];
  return Promise.all(all.map(async ([name, page]): Promise<[string, string]> => [name, await page]));
}

async function print(page: { toString(): string | Promise<string> }): Promise<string> {
  return String(await page.toString());
}
