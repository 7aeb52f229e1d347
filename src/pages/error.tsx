import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/glyph.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import type { ErrorKind } from "../ui/text/en.ts";

export interface ErrorPageProps {
  readonly frame: Frame;
  readonly kind: ErrorKind;
  /** The person's own page, where that is what was gone wrong at. */
  readonly home?: string;
  /** For the people who help: shown small, never the value of a parameter. */
  readonly code?: string;
  readonly detail?: string;
  readonly time?: string;
}

/** What happened in plain words, and what to do next. */
export function ErrorPage({ frame, kind, home, code, detail, time }: ErrorPageProps) {
  const { error: words, toYourPage } = frame.text;
  // The number for support stands among the details, so not at the foot as well.
  const { request_id, ...unnumbered } = frame;
  const { title, message, next } = words.kinds[kind];
  const facts = [
    { label: words.code, value: code },
    { label: words.detail, value: detail },
    { label: words.request, value: request_id },
    { label: words.time, value: time },
  ].filter(({ value }) => value);
  return (
    <Card frame={unnumbered} title={title}>
      <span class="badge">
        <Icon of="alert" size={24} />
      </span>
      <h1>{title}</h1>
      <p>{message}</p>
      <h2>{words.next}</h2>
      <ul class="next">
        {next.map((step) => (
          <li>{step}</li>
        ))}
      </ul>
      {href(home) && (
        <p class="actions">
          <a id="home" class="button primary" href={href(home)}>
            {toYourPage}
          </a>
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
