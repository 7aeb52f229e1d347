/** The two pages of the demo: to someone who is not signed in to it, and with the tokens. */
import type { AppContext } from "../http/context.ts";
import { frame } from "../http/frame.ts";
import { DemoTokens } from "../pages/demo-tokens.tsx";
import { Demo } from "../pages/demo.tsx";
import type { Said } from "../ui/notice.tsx";
import { failure } from "./failure.ts";
import { sealHeld, type Held } from "./held.ts";
import { DEMO_SCOPE } from "./login.ts";
import type { RelyingParty } from "./relying-party.ts";
import { decoded, header, origins, rows, userinfo, type Lineage, type Missing, type Path } from "./tokens.ts";

export function signedOut(c: AppContext, notice?: Said): Response | Promise<Response> {
  return c.html(Demo({ frame: frame(c), ...addresses(c), scope: DEMO_SCOPE, ...(notice && { notice }) }));
}

/** @param said what was just done, and whether the tokens work no more after it */
export async function signedIn(
  c: AppContext,
  party: RelyingParty,
  held: Held,
  said: { readonly notice?: Said; readonly over?: boolean } = {},
): Promise<Response> {
  const [paths, info] = await Promise.all([
    origins(party, held).catch((): Lineage => ({})),
    userinfo(party, held).then(
      (claims) => ({ claims }),
      (error: unknown) => ({ refused: failure(c, error) }),
    ),
  ]);
  const absent = (kind: Missing["token"]) => paths.absent?.filter((one) => one.token === kind) ?? [];
  const token = (raw: string, kind: "id_token" | "access_token") => {
    const claims = decoded(raw);
    const read = claims && { rows: rows(claims, paths[kind]), absent: absent(kind) };
    return { raw, header: header(raw), ...read };
  };
  const id = held.id_token ? decoded(held.id_token) : undefined;
  const person = [id?.["name"], id?.["email"], id?.["sub"]].find((value) => typeof value === "string");
  return c.html(
    DemoTokens({
      frame: frame(c),
      ...addresses(c),
      handle: await sealHeld(c, held),
      person: typeof person === "string" ? person : "",
      ...(held.id_token && { id_token: token(held.id_token, "id_token") }),
      access_token: token(held.access_token, "access_token"),
      userinfo:
        "refused" in info
          ? info
          : { rows: rows(info.claims, atUserinfo(paths.id_token)), absent: absent("userinfo") },
      ...(held.refresh_token && { refresh_token: held.refresh_token }),
      ...said,
    }),
  );
}

function addresses(c: AppContext) {
  const { issuer } = c.var.broker;
  return { login: `${issuer}/demo/login`, action: `${issuer}/demo`, portal: `${issuer}/me` };
}

/** Userinfo releases what the ID token does (endpoints/userinfo.ts): the same way, but for its end. */
function atUserinfo(paths: readonly Path[] = []): Path[] {
  return paths.map(({ name, path }) => ({ name, path: [...path.slice(0, -1), `userinfo.${name}`] }));
}
