import { Field } from "../ui/field.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Notice, type Said } from "../ui/notice.tsx";
import { PortalLink } from "../ui/portal-link.tsx";
import { Room } from "../ui/room.tsx";
import { Say } from "../ui/say.tsx";

export interface DemoProps {
  readonly frame: Frame;
  /** The address that begins a sign-in with nothing special. */
  readonly login: string;
  /** Where the form with options is posted: a path of ours, whose answer is a page that leaves. */
  readonly action: string;
  readonly scope: string;
  readonly portal?: string;
  /** What happened last, such as the error that the app was sent. */
  readonly notice?: Said;
}

/** The demo app to someone who is not signed in to it. */
export function Demo({ frame, login, action, scope, portal, notice }: DemoProps) {
  const { demo: words, product } = frame.text;
  const values = { workspace: frame.workspace?.name ?? product };
  const prompts = {
    none: words.promptNone,
    login: words.promptLogin,
    consent: words.promptConsent,
    select_account: words.promptSelect,
  };
  return (
    <Room frame={frame} title={words.name} aside={words.name}>
      {notice && <Notice {...notice} />}
      <div class="hero">
        <h1>{words.title}</h1>
        <p class="lead">
          <Say words={words.lead} values={values} />
        </p>
        <p>
          <a id="login" class="button primary large" href={href(login)}>
            {words.login}
          </a>
        </p>
      </div>
      <ol class="steps">
        {words.steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <details class="options" id="options">
        <summary>{words.options}</summary>
        <p class="quiet">{words.optionsNote}</p>
        <form method="post" action={href(action)} class="fields">
          <Field name="scope" label={words.scope}>
            <input id="scope" name="scope" value={scope} autocomplete="off" spellcheck={false} />
          </Field>
          <Field name="prompt" label={words.prompt}>
            <select id="prompt" name="prompt">
              <option value="">{words.asUsual}</option>
              {Object.entries(prompts).map(([value, label]) => (
                <option value={value}>{label}</option>
              ))}
            </select>
          </Field>
          <Field name="login_hint" label={words.login_hint} note={words.login_hintNote}>
            <input
              id="login_hint"
              name="login_hint"
              aria-describedby="login_hint-note"
              autocomplete="username"
            />
          </Field>
          <Field name="max_age" label={words.max_age} note={words.max_ageNote}>
            <input
              id="max_age"
              name="max_age"
              aria-describedby="max_age-note"
              inputmode="numeric"
              pattern="[0-9]*"
              autocomplete="off"
            />
          </Field>
          <Field name="response_mode" label={words.response_mode}>
            <select id="response_mode" name="response_mode">
              <option value="">{words.asUsual}</option>
              {["query", "form_post"].map((mode) => (
                <option value={mode}>{mode}</option>
              ))}
            </select>
          </Field>
          <Field name="acr_values" label={words.acr_values}>
            <input id="acr_values" name="acr_values" autocomplete="off" spellcheck={false} />
          </Field>
          <p class="actions">
            <button class="button" id="login-with-options" name="action" value="login">
              {words.withOptions}
            </button>
          </p>
        </form>
      </details>
      <PortalLink to={portal} words={words.portal} workspace={values.workspace} />
    </Room>
  );
}
