/** What a browser without JavaScript reads in a page of ours: links, forms, a refresh. */
export interface Form {
  readonly action: string;
  readonly method: string;
  /** Fields that are sent without a click: hidden ones and checked boxes. */
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
    const sent = inputs.filter((input) => input["type"] !== "checkbox" || "checked" in input);
    return {
      action,
      method,
      fields: sent.map(({ name = "", value = "" }) => [name, value] as const),
      boxes: boxes.map(({ value = "" }) => value),
      buttons: tags(inside, "button").map(({ id = "", name = "", value = "" }) => ({ id, name, value })),
    };
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
