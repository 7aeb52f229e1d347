/** What an operator writes: paths and ids, for every input. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientId, RecordId, ScopeName, WorkspaceId } from "../../src/config/ids.ts";
import { parsePath, Path, printPath, valueAt } from "../../src/config/path.ts";
import { RedirectUri, WebUrl } from "../../src/config/url.ts";
import { mergePatch } from "../../src/admin/merge-patch.ts";
import type { JsonObject } from "../../src/flow.ts";

const name = fc.string({ minLength: 1, maxLength: 20 });

describe("a path", () => {
  it("is read back as it was printed", () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), (names) => {
        expect(parsePath(printPath(names))).toEqual(names);
      }),
    );
  });

  it("prints back as it was written, or was never a path", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (text.length <= 500 && Path.safeParse(text).success) expect(printPath(parsePath(text))).toBe(text);
        else expect(text === "" || text.length > 500 || throws(() => parsePath(text))).toBe(true);
      }),
    );
  });

  it("finds own members only", () => {
    const inherited = fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "length2");
    fc.assert(
      fc.property(inherited, name, fc.jsonValue(), (inner, key, value) => {
        expect(valueAt({ a: {} }, ["a", inner])).toBeUndefined();
        expect(valueAt(Object.fromEntries([[key, value]]), [key])).toEqual(value);
      }),
    );
  });
});

describe("an id", () => {
  it("needs no escaping where it is written: URLs, cookies, Basic, logs", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => {
        if (WorkspaceId.safeParse(text).success) expect(text).toMatch(/^[a-z0-9-]{2,40}$/);
        for (const id of [RecordId, ClientId])
          if (id.safeParse(text).success) expect(encodeURIComponent(text)).toBe(text);
        if (ScopeName.safeParse(text).success) expect(text).not.toMatch(/[\s"\\]/);
      }),
    );
  });
});

it("an address that a page may link to is https, or http on this machine", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.webUrl({ validSchemes: ["https", "http", "ftp", "javascript"] }), fc.string()),
      (text) => {
        if (!WebUrl.safeParse(text).success) return;
        const { protocol, hostname } = new URL(text);
        expect(
          protocol === "https:" ||
            (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname)),
        ).toBe(true);
      },
    ),
  );
});

it("a redirect URI can be written into a Location header as it is", () => {
  const text = fc.oneof(
    fc.webUrl(),
    fc.webUrl().map((url) => `${url}\n`),
    fc.webUrl().map((url) => ` ${url}`),
    fc.string({ unit: "binary" }).map((path) => `https://a.example/${path}`),
  );
  fc.assert(
    fc.property(text, (uri) => {
      if (RedirectUri.safeParse(uri).success) expect(uri).toMatch(/^[\x21-\x7e]+$/);
    }),
  );
});

it("a merge patch puts what it says and removes what is null (RFC 7396)", () => {
  const flat = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.oneof(fc.string(), fc.constant(null)));
  fc.assert(
    fc.property(flat, flat, (target, patch) => {
      const merged = mergePatch(target, patch) as Record<string, unknown>;
      for (const [key, value] of Object.entries(patch)) expect(merged[key]).toBe(value ?? undefined);
      for (const key of Object.keys(target)) if (!(key in patch)) expect(merged[key]).toBe(target[key]);
    }),
  );
});

it("a merge patch reaches no prototype, at the top or inside (threat 22)", () => {
  const patch = JSON.parse('{"__proto__":{"id":"x"},"inner":{"__proto__":{"id":"x"}}}') as JsonObject;
  const merged = mergePatch({ inner: {} }, patch) as { id?: string; inner: { id?: string } };
  expect(merged).toEqual({ inner: {} });
  expect([merged.id, merged.inner.id]).toEqual([undefined, undefined]);
});

function throws(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch (error) {
    // The one error that there is.
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}
