/** `{issuer}/demo`: a relying party to try a workspace with. Its own redirect URI. */
import * as oauth from "oauth4webapi";
import { seal, unseal } from "../crypto/seal.ts";
import type { AppContext } from "../http/context.ts";
import { rawForm } from "../http/form.ts";
import { frame } from "../http/frame.ts";
import { Demo } from "../pages/demo.tsx";
import { DemoTokens } from "../pages/demo-tokens.tsx";
import { Leave } from "../pages/leave.tsx";
import { DEMO_SCOPE, pending, remember, startDemo } from "./login.ts";
import { relyingParty, type RelyingParty } from "./relying-party.ts";
import {
  decoded,
  header,
  type Held,
  type Path,
  origins,
  redeem,
  renew,
  revoke,
  rows,
  userinfo,
} from "./tokens.ts";

type Notice = { readonly title: string; readonly detail?: string; readonly good?: boolean };

export async function demo(c: AppContext): Promise<Response> {
  const url = new URL(c.req.url);
  const party = await open(c);
  const answer = url.searchParams;
  if (answer.has("code") || answer.has("error")) return back(c, party, answer);
  // The answer to response_mode=fragment never reaches a server; the page says so by being signed out.
  return signedOut(c);
}

export async function demoLogin(c: AppContext): Promise<Response> {
  return startDemo(c, await open(c), new URL(c.req.url).searchParams);
}

/** Everything that is posted to the demo: an answer by form_post, or one of its own buttons. */
export async function demoPost(c: AppContext): Promise<Response> {
  const [party, posted] = await Promise.all([open(c), rawForm(c)]);
  const action = posted.get("action");
  if (action === null) return back(c, party, posted);
  if (action === "login") return startDemo(c, party, posted);
  const held = await unseal<Held>(c.var.broker.keyring, place(c), posted.get("handle") ?? "");
  const words = c.var.broker.workspace.settings.name;
  if (!held) return signedOut(c);
  try {
    switch (action) {
      case "refresh":
        return await signedIn(c, party, await renew(party, held), {
          title: "New tokens were issued.",
          good: true,
        });
      case "revoke":
        await revoke(party, held);
        return await signedIn(c, party, held, { title: "Access was revoked.", good: true });
      case "logout": {
        const leave = new URL(party.server.end_session_endpoint ?? "");
        if (held.id_token) leave.searchParams.set("id_token_hint", held.id_token);
        return await c.html(Leave({ frame: frame(c), to: leave.href, client: { name: words } }));
      }
      default:
        return await signedIn(c, party, held);
    }
  } catch (error) {
    return signedIn(c, party, held, failure(error));
  }
}

/** The client is called `{workspace}-demo`; a workspace without it has no demo. */
async function open(c: AppContext): Promise<RelyingParty> {
  const { broker, self } = c.var;
  return relyingParty(broker.issuer, `${broker.workspace.id}-demo`, self);
}

async function back(c: AppContext, party: RelyingParty, answer: URLSearchParams): Promise<Response> {
  const all = await pending(c);
  const remembered = all.find(({ state }) => state === answer.get("state"));
  if (remembered)
    await remember(
      c,
      all.filter((one) => one !== remembered),
    );
  if (!remembered)
    return signedOut(c, { title: "That sign-in is over.", detail: "Log in again to see new tokens." });
  try {
    return await signedIn(c, party, await redeem(party, answer, remembered));
  } catch (error) {
    return signedOut(c, failure(error));
  }
}

function signedOut(c: AppContext, notice?: Notice): Response | Promise<Response> {
  const { issuer } = c.var.broker;
  const addresses = { login: `${issuer}/demo/login`, action: `${issuer}/demo`, portal: `${issuer}/me` };
  return c.html(Demo({ frame: frame(c), ...addresses, scope: DEMO_SCOPE, ...(notice && { notice }) }));
}

async function signedIn(c: AppContext, party: RelyingParty, held: Held, notice?: Notice): Promise<Response> {
  const { broker } = c.var;
  const ours = "set by the protocol";
  const [paths, info] = await Promise.all([
    origins(party, held).catch(() => ({}) as Record<string, never>),
    userinfo(party, held).catch((error: unknown) => ({ error: failure(error).detail })),
  ]);
  const token = (raw: string, kind: string) => {
    const claims = decoded(raw);
    return { raw, header: header(raw), ...(claims && { rows: rows(claims, paths[kind], ours) }) };
  };
  const id = held.id_token ? decoded(held.id_token) : undefined;
  const person = [id?.["name"], id?.["email"], id?.["sub"]].find((value) => typeof value === "string");
  return c.html(
    DemoTokens({
      frame: frame(c),
      action: `${broker.issuer}/demo`,
      handle: await seal(broker.keyring, place(c), held),
      person: typeof person === "string" ? person : "",
      ...(held.id_token && { id_token: token(held.id_token, "id_token") }),
      access_token: token(held.access_token, "access_token"),
      userinfo: { rows: rows(info, atUserinfo(paths["id_token"]), ours) },
      ...(held.refresh_token && { refresh_token: held.refresh_token }),
      portal: `${broker.issuer}/me`,
      ...(notice && { notice }),
    }),
  );
}

/** Userinfo releases what the ID token does (endpoints/userinfo.ts): the same way, but for its end. */
function atUserinfo(paths: readonly Path[] = []): Path[] {
  return paths.map(({ name, path }) => ({ name, path: [...path.slice(0, -1), `userinfo.${name}`] }));
}

function failure(error: unknown): Required<Pick<Notice, "title" | "detail">> {
  const [challenge] = error instanceof oauth.WWWAuthenticateChallengeError ? error.cause : [];
  const said = challenge
    ? `${challenge.parameters.error}: ${challenge.parameters.error_description ?? ""}`
    : error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError
      ? `${error.error}: ${error.error_description ?? ""}`
      : error instanceof Error
        ? error.message
        : "";
  return { title: "The app was told that this did not work.", detail: said };
}

function place(c: AppContext) {
  return { purpose: "demo", workspace: c.var.broker.workspace.id, owner: "tokens" } as const;
}
