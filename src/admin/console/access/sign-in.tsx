/** How an operator signs in to the console, and what happens to a form whose sign-in has ended. */
import type { AppContext } from "../../../http/context.ts";
import { rawForm } from "../../../http/form.ts";
import { clock } from "../../../store/rows.ts";
import { Notice, type Said } from "../../../ui/notice.tsx";
import { caller, Refused } from "../call.ts";
import type { Typed } from "../form/typed.ts";
import type { View } from "../page.ts";
import { show } from "../show.ts";
import { holdForm } from "./held.ts";
import { arrive, leave, revoke } from "./people.ts";
import { dropSession, keepSession, readSession, SESSION_LIFETIME } from "./session.ts";
import { isOpen, people } from "./ways.ts";

export async function signIn(c: AppContext): Promise<Response> {
  return show(c, await doors(c, pathOf(c.req.query("to"))));
}

/** The key goes into the sealed cookie; the API says whether it is the one. */
export async function signInByKey(c: AppContext): Promise<Response> {
  const form = await rawForm(c);
  const to = pathOf(form.get("to") ?? "");
  const wrong = await takeKey(c, form.get("key") ?? "");
  if (!wrong) return c.redirect(to, 303);
  return show(c, { ...(await doors(c, to, wrong)), status: 403 });
}

export async function signInByPeople(c: AppContext): Promise<Response> {
  return c.redirect((await leave(c, pathOf(c.req.query("to")))).href, 303);
}

/** A page, not a redirect: the browser comes from another site, and a Strict cookie is not sent on the way of a redirect. */
export async function answerPeople(c: AppContext): Promise<Response> {
  try {
    const arrived = await arrive(c);
    if (!arrived) return await failed(c, "The sign-in took too long, or began in another browser.");
    await keepSession(c, arrived.session);
    return await show(c, welcome(arrived.to));
  } catch (error) {
    return failed(c, error instanceof Error ? error.message : "");
  }
}

export async function signOut(c: AppContext): Promise<Response> {
  const session = await readSession(c);
  dropSession(c);
  if (session?.expires_at !== undefined)
    await revoke(c, session).catch((error: unknown) => c.set("fault", error));
  return show(c, {
    title: "You are signed out",
    body: (
      <p>
        <a class="button" id="sign-in" href="/admin/sign-in">
          Sign in again
        </a>
      </p>
    ),
  });
}

/** The operator is not signed in, or not any more. What was typed stays in the page, sealed; one more press sends it. */
export async function ended(c: AppContext, typed: Typed | undefined): Promise<Response> {
  const { pathname, search } = new URL(c.req.url);
  if (!typed) return c.redirect(`/admin/sign-in?to=${encodeURIComponent(pathname + search)}`, 303);
  const held = await holdForm(c, typed);
  const elsewhere = await people(c);
  return show(c, {
    title: "Your sign-in has ended",
    status: 403,
    body: (
      <form method="post" class="sheet">
        <p>Nothing that you typed is lost: it waits in this page for an hour.</p>
        {elsewhere && (
          <p>
            <a class="button" id="people" href="/admin/sign-in/people" target="_blank" rel="noopener">
              Sign in in a new tab
            </a>
          </p>
        )}
        <input type="hidden" id="held" name="held" value={held} />
        <KeyField note={elsewhere ? "Or enter the bootstrap key here." : "Enter the bootstrap key."} />
        <p class="actions">
          <button class="button primary" id="continue" name="action" value="continue">
            Continue
          </button>
        </p>
      </form>
    ),
  });
}

/** @returns what is wrong with the key; undefined when it opened the API, or when there is none */
export async function takeKey(c: AppContext, key: string): Promise<Said | undefined> {
  if (key === "") return { title: "Enter the bootstrap key." };
  const bearer = key.trim();
  if (!/^[A-Za-z0-9._~+/=-]{1,500}$/.test(bearer)) return WRONG;
  try {
    await caller(c, { authorization: `Bearer ${bearer}` })("GET", "operator");
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 401) throw error;
    return error.message.startsWith("the bootstrap key is closed") ? CLOSED : WRONG;
  }
  await keepSession(c, { bearer, until: clock() + SESSION_LIFETIME });
  return undefined;
}

const WRONG: Said = {
  title: "This is not the bootstrap key of this deployment.",
  detail: "It is the secret BOOTSTRAP_KEY of the Worker; npm start prints it.",
};
const CLOSED: Said = {
  title: "The bootstrap key is closed, because there are operators.",
  detail: "Sign in as one of them. If nobody can, set the variable BOOTSTRAP to on (break glass).",
};

async function doors(c: AppContext, to: string, said?: Said): Promise<View> {
  const [elsewhere, open] = await Promise.all([people(c), isOpen(c)]);
  return {
    title: "Sign in to the console",
    body: (
      <>
        {said && <Notice {...said} />}
        {elsewhere && (
          <p>
            <a class="button primary" id="people" href={`/admin/sign-in/people?to=${encodeURIComponent(to)}`}>
              Sign in with your identity provider
            </a>
          </p>
        )}
        {(open || !elsewhere) && (
          <form method="post" action="/admin/sign-in" class="sheet">
            <input type="hidden" id="to" name="to" value={to} />
            <KeyField note="The secret BOOTSTRAP_KEY of the Worker. It opens a deployment that has no operators yet." />
            <p class="actions">
              <button class={elsewhere ? "button" : "button primary"} id="enter" name="action" value="enter">
                Enter
              </button>
            </p>
          </form>
        )}
      </>
    ),
  };
}

function KeyField({ note }: { note: string }) {
  return (
    <div class="field">
      <label for="key">Bootstrap key</label>
      <input
        type="password"
        id="key"
        name="key"
        autocomplete="current-password"
        aria-describedby="key-note"
      />
      <p class="field-note" id="key-note">
        {note}
      </p>
    </div>
  );
}

function welcome(to: string): View {
  return {
    title: "You are signed in",
    head: <meta http-equiv="refresh" content={`0;url=${to}`} />,
    body: (
      <p>
        <a class="button primary" id="go" href={to}>
          Open the console
        </a>
      </p>
    ),
  };
}

async function failed(c: AppContext, detail: string): Promise<Response> {
  return show(c, {
    ...(await doors(c, "/admin", { title: "You were not signed in.", detail })),
    status: 403,
  });
}

/** Only a page of the console: an address that came in a link must not lead anywhere else. */
function pathOf(to: string | undefined): string {
  const base = "https://console.invalid";
  if (!to || !to.startsWith("/admin") || !URL.canParse(to, base)) return "/admin";
  const url = new URL(to, base);
  const isOwn = url.origin === base && /^\/admin(?:\/|$)/.test(url.pathname);
  return isOwn ? url.pathname + url.search : "/admin";
}
