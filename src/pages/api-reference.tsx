import type { Frame } from "../ui/layout.tsx";
import { Room } from "../ui/room.tsx";

export interface ApiReferenceProps {
  readonly frame: Frame;
  readonly origin: string;
  readonly operations: readonly {
    readonly method: string;
    readonly path: string;
    readonly tag: string;
    readonly summary: string;
    /** Absent where being an operator is enough. */
    readonly scope?: string;
    readonly body?: string;
    readonly query?: readonly string[];
  }[];
  /** JSON Schemas by name. */
  readonly schemas: Readonly<Record<string, unknown>>;
}

/** For operators, in the language of the document that it shows. */
const words = {
  title: "Admin API",
  aside: "Reference",
  lead: "Everything the console does, programs can do. Send an access token of the workspace system, or the bootstrap key, as a Bearer token.",
  document: "OpenAPI document",
  scope: "Needs the scope",
  query: "Query parameters:",
  body: "Body:",
  schemas: "Schemas",
};

/** Every operation of the admin API, and the schema of every record. */
export function ApiReference({ frame, origin, operations, schemas }: ApiReferenceProps) {
  const groups = [...Map.groupBy(operations, ({ tag }) => tag)];
  return (
    <Room frame={frame} title={words.title} aside={words.aside}>
      <div class="hero">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <p>
          <a id="openapi" class="button" href={`${origin}/api/openapi.json`}>
            {words.document}
          </a>
        </p>
      </div>
      {groups.map(([tag, members]) => (
        <section class="panel" aria-labelledby={idOf("tag", tag)}>
          <h2 id={idOf("tag", tag)}>{tag}</h2>
          {members.map((operation) => (
            <details id={idOf(operation.method, operation.path)}>
              <summary>
                <code>{`${operation.method.toUpperCase()} ${operation.path}`}</code>
              </summary>
              <p>{operation.summary}</p>
              {operation.scope && (
                <p class="quiet">
                  {words.scope} <code>{operation.scope}</code>
                </p>
              )}
              {operation.query && (
                <p class="quiet">
                  {words.query} <code>{operation.query.join(", ")}</code>
                </p>
              )}
              {operation.body && (
                <p class="quiet">
                  {words.body} <a href={`#${idOf("schema", operation.body)}`}>{operation.body}</a>
                </p>
              )}
            </details>
          ))}
        </section>
      ))}
      <section class="panel" aria-labelledby="schemas">
        <h2 id="schemas">{words.schemas}</h2>
        {Object.entries(schemas).map(([name, schema]) => (
          <details id={idOf("schema", name)}>
            <summary>
              <code>{name}</code>
            </summary>
            <pre tabindex={0}>{JSON.stringify(schema, null, 2)}</pre>
          </details>
        ))}
      </section>
    </Room>
  );
}

function idOf(...parts: string[]): string {
  return parts
    .join("-")
    .toLowerCase()
    .replace(/[^a-z]+/g, "-");
}
