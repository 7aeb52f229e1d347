import type { Child } from "hono/jsx";
import { raw } from "hono/html";
import { icon } from "./mark.tsx";
import type { Text } from "./text/en.ts";

/** What every page is given by the app, whatever it shows. */
export interface Frame {
  readonly text: Text;
  /** The address of the style sheet, and of a workspace's own colours after it. */
  readonly assets: { readonly style: string; readonly theme?: string };
  readonly workspace?: {
    readonly name: string;
    readonly logo_uri?: string;
    /** In its own words, as plain text. */
    readonly welcome?: string;
    readonly help?: string;
  };
  readonly request_id?: string;
}

interface Props {
  readonly frame: Frame;
  readonly title: string;
  /** What a page adds to the head. */
  readonly head?: Child;
  readonly kind: "card" | "room" | "desk";
  readonly children: Child;
}

/** The document around a page. */
export function Layout({ frame: { text, assets, workspace }, title, head, kind, children }: Props) {
  return (
    <>
      {raw("<!doctype html>")}
      <html lang={text.lang} dir={text.dir}>
        <head>
          <meta charset="utf-8" />
          <title>{`${title} · ${workspace?.name ?? text.product}`}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex" />
          {head}
          <link rel="icon" href={icon} />
          <link rel="stylesheet" href={assets.style} />
          {assets.theme && <link rel="stylesheet" href={assets.theme} />}
        </head>
        <body class={kind}>{children}</body>
      </html>
    </>
  );
}
