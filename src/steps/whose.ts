/** Identity → the object that decides for it: its own, or that of the subject that it is linked to, in one call more. */
import type { Broker } from "../broker.ts";
import { OAuthError } from "../oauth/error.ts";
import type { Arriving, Elsewhere } from "../store/subject/whose.ts";

/** Who is signing in, as far as is known. */
export interface Who {
  readonly subject: string;
  readonly issuer: string;
  readonly connection: string;
  /** The provider began it: whoever sits at the browser did not ask to be this person (login CSRF). */
  readonly unasked?: true;
  /** Where the subject is one that the identity is linked to: what it is on its own, and by which link. */
  readonly linked?: { readonly identity: string; readonly link: string };
}

/** The identity, where it leads, and the identity again where that does not hold any more. */
const MOST_CALLS = 3;

/**
 * @param hinted whom the request names
 * @throws OAuthError `login_required` for another person, `access_denied` while the account is being changed
 */
export async function whose<T extends { readonly as: string }>(
  { workspace }: Pick<Broker, "workspace">,
  who: Who,
  hinted: string | undefined,
  decide: (who: Who, arriving: Arriving) => Promise<T | Elsewhere>,
): Promise<{ readonly who: Who; readonly answer: T }> {
  const rules = (workspace.linking_rules ?? []).filter(({ connections }) =>
    connections.includes(who.connection),
  );
  // Where nothing can be linked nobody has to be asked whose the identity is.
  if (rules.length === 0 && hinted !== undefined && hinted !== who.subject) throw another();
  const common = { connection: who.connection, rules, ...(hinted !== undefined && { hinted }) };
  let [asked, apart]: [Who, string | undefined] = [who, undefined];
  for (let calls = 0; calls < MOST_CALLS; calls++) {
    const { linked, ...alone } = asked;
    const arriving = { ...common, ...(linked && { through: linked }), ...(apart !== undefined && { apart }) };
    const answer = await decide(asked, arriving);
    if (!isElsewhere(answer)) return { who: asked, answer };
    switch (answer.as) {
      case "another":
        throw another();
      case "linked":
        asked = {
          ...alone,
          subject: answer.subject,
          linked: { identity: alone.subject, link: answer.link },
        };
        break;
      case "apart":
        [asked, apart] = [{ ...alone, subject: linked?.identity ?? alone.subject }, linked?.link];
    }
  }
  throw new OAuthError("access_denied", "this account is being changed right now");
}

function isElsewhere<T extends { readonly as: string }>(answer: T | Elsewhere): answer is Elsewhere {
  return answer.as === "linked" || answer.as === "apart" || answer.as === "another";
}

/** OpenID Connect Core §3.1.2.2: an answer about somebody else than the hint's person must not be given. */
function another(): OAuthError {
  return new OAuthError("login_required", "another person signed in than id_token_hint names");
}
