/** What a browser without JavaScript reads in a page of ours: links, forms, a refresh. */
export interface Form {
  readonly action: string;
  readonly method: string;
  /** Fields that are sent without a click: what was typed, chosen and checked. */
  readonly fields: readonly (readonly [string, string])[];
  readonly boxes: readonly string[];
  readonly buttons: readonly { readonly id: string; readonly name: string; readonly value: string }[];
}

type Attributes = Readonly<Record<string, string>>;

export function links(html: string): ReadonlyMap<string, string> {
  return new Map(tags(html, "a").flatMap(({ id, href }) => (id && href ? [[id, href] as const] : [])));
}

export function forms(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, opening = "", inside = ""]) => {
    const { action = "", method = "get" } = attributes(opening);
    const inputs = tags(inside, "input").filter((input) => !("disabled" in input));
    const boxes = inputs.filter(({ type }) => type === "checkbox");
    const sent = inputs.filter(
      (input) => !["checkbox", "radio"].includes(input["type"] ?? "") || "checked" in input,
    );
    return {
      action,
      method,
      fields: [
        ...sent.map(({ name = "", value = "on" }) => [name, value] as const),
        ...textareas(inside),
        ...selects(inside),
      ],
      boxes: boxes.map(({ value = "" }) => value),
      buttons: tags(inside, "button").map(({ id = "", name = "", value = "" }) => ({ id, name, value })),
    };
  });
}

function textareas(html: string): (readonly [string, string])[] {
  return [...html.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs)].flatMap(
    ([, opening = "", inside = ""]) => {
      const { name = "", ...rest } = attributes(opening);
      // HTML §13.1.2.6: a line break right after the tag is not part of the text.
      return "disabled" in rest ? [] : [[name, decode(inside.replace(/^\n/, ""))] as const];
    },
  );
}

function selects(html: string): (readonly [string, string])[] {
  return [...html.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)].flatMap(([, opening = "", inside = ""]) => {
    const { name = "", ...rest } = attributes(opening);
    const options = tags(inside, "option");
    const chosen = options.find((option) => "selected" in option) ?? options[0];
    return "disabled" in rest || !chosen ? [] : [[name, chosen["value"] ?? ""] as const];
  });
}

/** Where `<meta http-equiv="refresh">` leads. */
export function refresh(html: string): string | undefined {
  const meta = tags(html, "meta").find((tag) => tag["http-equiv"] === "refresh");
  return meta && /^\d+;url=(.+)$/.exec(meta["content"] ?? "")?.[1];
}

/** The text of the first element of a kind, and the terms and facts of an error page. */
export function text(html: string, name: string): string {
  const [, inside = ""] = new RegExp(`<${name}\\b[^>]*>(.*?)</${name}>`, "s").exec(html) ?? [];
  return plain(inside);
}

const plain = (html: string) => decode(html.replaceAll(/<[^>]*>/g, "")).trim();

export function facts(html: string): Readonly<Record<string, string>> {
  const found = [...html.matchAll(/<dt>(.*?)<\/dt>\s*<dd>(.*?)<\/dd>/gs)];
  return Object.fromEntries(found.map(([, term = "", fact = ""]) => [plain(term), plain(fact)]));
}

function tags(html: string, name: string): Attributes[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*?)/?>`, "g"))].map(([, inside = ""]) =>
    attributes(inside),
  );
}

function attributes(text: string): Attributes {
  const found = [...text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(found.map(([, name = "", value = ""]) => [name, decode(value)]));
}

const ENTITIES: Attributes = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function decode(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? "");
}
