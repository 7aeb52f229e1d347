import { describe, expect, it } from "vitest";
import { en, type Text } from "../../src/ui/text/en.ts";
import { gallery } from "./gallery.tsx";
import { read, type Tag } from "./read.ts";

const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&lt;`;
const escaped =
  "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&#39;alert(2)&#39;&gt;&amp;lt;";
const addresses = ["href", "src", "action", "formaction", "poster", "data"];

const plain = await gallery({ word: "Ada", link: "https://app.example.com/path?a=1&b=2" });
const attacked = await gallery({ word: hostile, link: "javascript:alert(1)" });

describe.each(plain)("the page %s", (_, html) => {
  it("has one h1, a title, a language and a main part", async () => {
    const { tags } = await read(html);
    const count = (name: string) => tags.filter((tag) => tag.name === name).length;
    expect([count("h1"), count("title"), count("main")]).toEqual([1, 1, 1]);
    expect(tags.find(({ name }) => name === "html")?.attributes.get("lang")).toBe("en");
    expect(html.startsWith("<!doctype html>")).toBe(true);
  });

  it("gives every control an id and a name, and no id twice", async () => {
    const { tags } = await read(html);
    const controls = tags.filter(({ name }) => ["input", "select", "textarea", "button"].includes(name));
    expect(controls.filter((tag) => !tag.attributes.get("id"))).toEqual([]);
    // The name of the button of a form post would be sent to the client.
    expect(
      controls.filter((tag) => !tag.attributes.get("name") && tag.attributes.get("id") !== "continue"),
    ).toEqual([]);
    const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? []);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it("labels every control that is seen", async () => {
    const { tags } = await read(html);
    const labelled = tags
      .filter(({ name }) => name === "label")
      .map(({ attributes }) => attributes.get("for"));
    const seen = tags.filter(
      ({ name, attributes }) =>
        ["input", "select", "textarea"].includes(name) && attributes.get("type") !== "hidden",
    );
    expect(seen.filter(({ attributes }) => !labelled.includes(attributes.get("id")))).toEqual([]);
  });

  it("has no style and no script of its own in attributes, and fills every place of its sentences", async () => {
    const { tags, words } = await read(html);
    expect(tags.flatMap(active)).toEqual([]);
    expect(tags.filter(({ name }) => name === "style")).toEqual([]);
    expect(words.join("")).not.toMatch(/\{\w+\}/);
  });
});

describe.each(attacked)("the page %s, given markup and script for every value,", (name, html) => {
  it("shows the markup as text", async () => {
    const { tags } = await read(html);
    expect(html).toContain(escaped);
    expect(tags.filter((tag) => tag.name === "script")).toEqual([]);
    expect(tags.flatMap(active)).toEqual([]);
  });

  it("leads nowhere but to safe addresses", async () => {
    const { tags } = await read(html);
    const led = tags.flatMap(({ attributes }) => addresses.flatMap((name) => attributes.get(name) ?? []));
    expect(led.filter((to) => !/^(\/|#|data:image\/svg\+xml,)/.test(to))).toEqual([]);
    expect(tags.some(({ attributes }) => attributes.has("http-equiv"))).toBe(false);
    // What would be sent must not be sent to ourselves instead.
    if (name === "form post") expect(tags.some((tag) => tag.name === "form")).toBe(false);
  });
});

/** The dictionary in a language without one Latin letter. */
function translated(words: unknown, key = ""): unknown {
  if (key === "lang" || key === "dir") return words;
  if (typeof words === "string")
    return words.replace(/\{\w+\}|[A-Za-z]/g, (found) => (found.startsWith("{") ? found : "ж"));
  if (Array.isArray(words)) return words.map((word) => translated(word));
  return Object.fromEntries(
    Object.entries(words as object).map(([key, value]) => [key, translated(value, key)]),
  );
}

describe.each(await gallery({ text: translated(en) as Text, word: "№1", link: "/1" }))(
  "the page %s in another language",
  (_, html) => {
    it("has no English left in what is seen or read aloud", async () => {
      const { tags, words } = await read(html.replace(/<script.*?<\/script>/, ""));
      const aloud = tags.flatMap(({ attributes }) =>
        ["aria-label", "alt", "title", "placeholder"].map((name) => attributes.get(name) ?? ""),
      );
      // Values of the protocol and of JSON are the same in every language; dates are not ours to write.
      const seen = words.join("\n").replace(/&quot;|\b(query|form_post|UTC|iat|false|Nov|PM)\b/g, "");
      expect([seen, ...aloud].join(" ").match(/[A-Za-z]+/g)).toBeNull();
    });
  },
);

/** Of every leaf its place, as a word that stands for it. */
function places(words: unknown, place = ""): unknown {
  if (typeof words === "string") {
    if (place === "/lang" || place === "/dir") return words;
    return `«${place}»${(words.match(/\{\w+\}/g) ?? []).join("")}`;
  }
  const members = Object.entries(words as object).map(([key, value]) => [
    key,
    places(value, `${place}/${key}`),
  ]);
  return Array.isArray(words) ? members.map(([, value]) => value as unknown) : Object.fromEntries(members);
}

it("the gallery has every sentence, so every state of a page that says something of its own", async () => {
  const html = (await gallery({ text: places(en) as Text, word: "x", link: "/x" })).join("");
  const sentences = JSON.stringify(places(en)).match(/«[^»]*»/g) ?? [];
  expect(sentences.length).toBeGreaterThan(200);
  expect(sentences.filter((sentence) => !html.includes(sentence))).toEqual([]);
});

function active({ attributes }: Tag): string[] {
  return [...attributes.keys()].filter(
    (name) => name === "style" || name === "srcdoc" || name.startsWith("on"),
  );
}
