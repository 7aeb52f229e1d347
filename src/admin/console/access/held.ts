/** What was typed into a form whose operator's sign-in ended: kept in the page itself, sealed, for the form's own address. */
import { seal, unseal } from "../../../crypto/seal.ts";
import type { AppContext } from "../../../http/context.ts";
import { clock } from "../../../store/rows.ts";

/** Seconds. */
const LIFETIME = 3_600;

interface Held {
  readonly form: string;
  readonly until: number;
}

export function holdForm(c: AppContext, form: URLSearchParams): Promise<string> {
  return seal<Held>(c.var.deployment.keyring, place(c), {
    form: form.toString(),
    until: clock() + LIFETIME,
  });
}

/** @returns undefined for what was typed elsewhere, or too long ago */
export async function heldForm(c: AppContext, held: string): Promise<URLSearchParams | undefined> {
  const opened = await unseal<Held>(c.var.deployment.keyring, place(c), held);
  return opened && opened.until > clock() ? new URLSearchParams(opened.form) : undefined;
}

function place(c: AppContext) {
  const { pathname, search } = new URL(c.req.url);
  return { purpose: "console", workspace: "system", owner: `form ${pathname}${search}` } as const;
}
