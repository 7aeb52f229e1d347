import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/glyph.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Say, say } from "../ui/say.tsx";
import type { ErrorKind } from "../ui/text/en.ts";

export interface ErrorPageProps {
  readonly frame: Frame;
  readonly kind: ErrorKind;
  /** The name of the provider, for the kinds that speak of it. */
  readonly provider?: string;
  readonly client?: { readonly name: string };
  /** Where to begin anew, and where to go back to. */
  readonly again?: string;
  readonly back?: string;
  /** For the people who help: shown small, never the value of a parameter. */
  readonly code?: string;
  readonly detail?: string;
  readonly time?: string;
}

/** What happened in plain words, and what to do next. */
export function ErrorPage({
  frame,
  kind,
  provider,
  client,
  again,
  back,
  code,
  detail,
  time,
}: ErrorPageProps) {
  const { error: words, backTo, theApp } = frame.text;
  // The number for support stands among the details, so not at the foot as well.
  const { request_id, ...unnumbered } = frame;
  const { title, message, next } = words.kinds[kind];
  const values = { provider: provider ?? words.theProvider, client: client?.name ?? theApp };
  const facts = [
    { label: words.code, value: code },
    { label: words.detail, value: detail },
    { label: words.request, value: request_id },
    { label: words.time, value: time },
  ].filter(({ value }) => value);
  return (
    <Card frame={unnumbered} title={say(title, values)}>
      <span class="badge">
        <Icon of="alert" size={24} />
      </span>
      <h1>
        <Say words={title} values={values} />
      </h1>
      <p>
        <Say words={message} values={values} />
      </p>
      <h2>{words.next}</h2>
      <ul class="next">
        {next.map((step) => (
          <li>
            <Say words={step} values={values} />
          </li>
        ))}
      </ul>
      {(href(again) || href(back)) && (
        <p class="actions">
          {href(again) && (
            <a id="again" class="button primary" href={href(again)}>
              {words.again}
            </a>
          )}
          {href(back) && (
            <a id="back" class="button" href={href(back)}>
              <Say words={backTo} values={values} />
            </a>
          )}
        </p>
      )}
      {facts.length > 0 && (
        <details id="details">
          <summary>{words.details}</summary>
          <dl class="facts">
            {facts.map(({ label, value }) => (
              <div>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Card>
  );
}
