/** `{issuer}/demo`: a relying party to try a workspace with. Its own redirect URI. */
import type { AppContext } from "../http/context.ts";
import { rawForm } from "../http/form.ts";
import { frame } from "../http/frame.ts";
import { Leave } from "../pages/leave.tsx";
import { failure, isOver } from "./failure.ts";
import { openHeld, type Held } from "./held.ts";
import { pending, remember, startDemo } from "./login.ts";
import { relyingParty, type RelyingParty } from "./relying-party.ts";
import { signedIn, signedOut } from "./show.ts";
import { redeem, renew, revoke } from "./tokens.ts";

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
  const held = await openHeld(c, posted.get("handle") ?? "");
  if (!held) return signedOut(c);
  const words = frame(c).text.demo;
  try {
    switch (action) {
      case "refresh": {
        const notice = { title: words.refreshed, good: true };
        return await signedIn(c, party, await renew(party, held), { notice });
      }
      case "revoke":
        await revoke(party, held);
        return await signedIn(c, party, held, { notice: { title: words.revoked, good: true }, over: true });
      case "logout":
        return await logOut(c, party, held);
      default:
        return await signedIn(c, party, held);
    }
  } catch (error) {
    return signedIn(c, party, held, { notice: failure(c, error), over: isOver(error) });
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
  if (!remembered) {
    const words = frame(c).text.demo;
    return signedOut(c, { title: words.over, detail: words.overNext });
  }
  await remember(
    c,
    all.filter((one) => one !== remembered),
  );
  try {
    return await signedIn(c, party, await redeem(party, answer, remembered));
  } catch (error) {
    return signedOut(c, failure(c, error));
  }
}

/** RP-Initiated Logout 1.0 §2. */
async function logOut(c: AppContext, { server }: RelyingParty, { id_token }: Held): Promise<Response> {
  const to = new URL(server.end_session_endpoint ?? "");
  if (id_token) to.searchParams.set("id_token_hint", id_token);
  const { name } = c.var.broker.workspace.settings;
  return c.html(Leave({ frame: frame(c), to: to.href, client: { name } }));
}
