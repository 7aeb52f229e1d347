/** What holds for every input, of the pure words of OAuth. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeCode } from "../../src/oauth/code.ts";
import { consentStands, undecided } from "../../src/oauth/consent.ts";
import { once } from "../../src/oauth/parameters.ts";
import { challengeOf } from "../../src/oauth/pkce.ts";
import { isRegistered } from "../../src/oauth/redirect-uri.ts";
import { narrowedResources } from "../../src/oauth/resource.ts";
import { authorizationResponse } from "../../src/oauth/respond.ts";
import { namesIn } from "../../src/oauth/scope.ts";

const uri = fc.webUrl({ withQueryParameters: true });
const port = fc.integer({ min: 1, max: 65_535 });
const names = fc.uniqueArray(fc.stringMatching(/^[a-z:]{1,8}$/), { maxLength: 6 });
const asking = fc
  .record({ trusted: fc.boolean(), free: names, transient: names, again: fc.boolean() })
  .map(({ free, transient, ...rest }) => ({
    ...rest,
    free,
    transient,
    scopes: [...new Set([...free, ...transient])].map((name) => ({
      name,
      implicit_grant: free.includes(name),
      transient: transient.includes(name),
    })),
  }));

describe("a redirect URI is registered", () => {
  it("if and only if it is equal to one that is, character by character", () => {
    fc.assert(
      fc.property(fc.array(uri), uri, (registered, asked) => {
        expect(isRegistered(asked, registered)).toBe(registered.includes(asked));
      }),
    );
  });

  it("and no edit of one character keeps it so", () => {
    fc.assert(
      fc.property(uri, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (registered, at, character) => {
        const index = at % registered.length;
        const edited = registered.slice(0, index) + character + registered.slice(index + 1);
        expect(isRegistered(edited, [registered])).toBe(edited === registered);
      }),
    );
  });

  it("on a loopback address whatever the port, and nothing but the port", () => {
    const host = fc.constantFrom("127.0.0.1", "[::1]");
    const rest = fc.constantFrom("", "/", "/cb", "/cb?x=1", "/cb/deep");
    fc.assert(
      fc.property(host, host, port, port, rest, rest, (a, b, one, two, first, second) => {
        const same = a === b && first === second;
        expect(isRegistered(`http://${b}:${two}${second}`, [`http://${a}:${one}${first}`])).toBe(same);
        expect(isRegistered(`http://${b}${second}`, [`http://${a}:${one}${first}`])).toBe(same);
      }),
    );
  });
});

describe("parameters", () => {
  const pairs = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z_]{1,8}$/), fc.string()), {
    selector: ([name]) => name,
  });

  it("mean the same in every order", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [one, two] = [list, list.toReversed()].map((order) => once(new URLSearchParams(order)));
        for (const [name] of list) expect(one!.get(name)).toBe(two!.get(name));
      }),
    );
  });

  it("that repeat are refused, except resource", () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (list, at) => {
        const repeated = list[at % (list.length || 1)];
        if (!repeated) return;
        const params = new URLSearchParams([...list, repeated]);
        if (repeated[0] === "resource") expect(once(params).getAll("resource").length).toBeLessThanOrEqual(2);
        else expect(() => once(params)).toThrow("a parameter is included more than once");
      }),
    );
  });
});

describe("an authorization response", () => {
  it("is read back as it was meant, whatever state is, and keeps the redirect URI's own query", () => {
    const mode = fc.constantFrom("query", "fragment", "form_post");
    fc.assert(
      fc.property(
        uri,
        mode,
        fc.option(fc.string({ unit: "binary" }), { nil: undefined }),
        fc.string(),
        (redirect_uri, response_mode, state, code) => {
          const address = {
            client_id: "c",
            redirect_uri,
            response_mode,
            ...(state !== undefined && { state }),
          } as const;
          const answer = authorizationResponse(address, "https://issuer.example", { code });
          const to = new URL(answer.to);
          const read =
            answer.by === "form_post"
              ? new URLSearchParams(answer.fields.map(([...pair]) => pair))
              : response_mode === "fragment"
                ? new URLSearchParams(to.hash.slice(1))
                : new URLSearchParams(
                    to.search
                      .slice(1)
                      .split("&")
                      .slice(-(state === undefined ? 2 : 3))
                      .join("&"),
                  );
          expect(read.get("iss")).toBe("https://issuer.example");
          expect(read.get("code")).toBe(new URLSearchParams({ x: code }).get("x"));
          expect(read.get("state")).toBe(
            state === undefined ? null : new URLSearchParams({ x: state }).get("x"),
          );
          expect(to.host).toBe(new URL(redirect_uri).host);
          expect(answer.to.startsWith(redirect_uri)).toBe(true);
        },
      ),
    );
  });
});

describe("consent", () => {
  it("asks for nothing that was not requested, and for nothing that is never asked", () => {
    fc.assert(
      fc.property(names, names, asking, (requested, granted, terms) => {
        const left = undecided(requested, granted, terms);
        for (const scope of left) expect(requested.includes(scope) && !terms.free.includes(scope)).toBe(true);
      }),
    );
  });

  it("grants nothing that was neither granted before, free, nor asked, unless the client is trusted", () => {
    fc.assert(
      fc.property(names, names, asking, (requested, granted, terms) => {
        const left = undecided(requested, granted, terms);
        if (terms.trusted && !terms.again) expect(left).toEqual([]);
        else
          for (const scope of requested)
            expect(left.includes(scope) || terms.free.includes(scope) || granted.includes(scope)).toBe(true);
      }),
    );
  });

  it("that was given for all stands for all, and withdrawn for one falls", () => {
    fc.assert(
      fc.property(names, asking, (scope, terms) => {
        expect(consentStands(scope, scope, terms)).toBe(true);
        const firm = scope.filter((name) => !terms.free.includes(name) && !terms.transient.includes(name));
        if (firm.length > 0 && !terms.trusted)
          expect(
            consentStands(
              scope,
              scope.filter((name) => name !== firm[0]),
              terms,
            ),
          ).toBe(false);
      }),
    );
  });
});

it("narrowed resources are a part of what was authorized, and narrowing again changes nothing", () => {
  fc.assert(
    fc.property(names, fc.nat(), (authorized, count) => {
      const params = new URLSearchParams(
        authorized.slice(0, count % (authorized.length + 1)).map((name) => ["resource", name]),
      );
      const narrow = narrowedResources(params, authorized);
      expect(narrow.every((name) => authorized.includes(name))).toBe(true);
      expect(narrowedResources(params, narrow)).toEqual(narrow);
    }),
  );
});

it("a scope names each name once, in order", () => {
  fc.assert(
    fc.property(names, (list) => {
      expect(namesIn([...list, ...list].join("  "))).toEqual(list);
    }),
  );
});

describe("a code fits", () => {
  const word = fc.constantFrom("a", "b");
  const maybe = fc.option(word, { nil: undefined });
  it("only the client, redirect URI and challenge that it was issued for", () => {
    fc.assert(
      fc.property(fc.tuple(word, word, maybe), fc.tuple(word, word, maybe), ([c, r, k], [c2, r2, k2]) => {
        const issued = { client_id: c, redirect_uri: r, ...(k && { code_challenge: k }) };
        const presented = { client_id: c2, redirect_uri: r2, ...(k2 && { code_challenge: k2 }) };
        expect(judgeCode(issued, presented) === undefined).toBe(c === c2 && r === r2 && k === k2);
      }),
    );
  });
});

it("a challenge is made of its verifier alone", async () => {
  const verifier = fc.stringMatching(/^[A-Za-z0-9._~-]{43,128}$/);
  await fc.assert(
    fc.asyncProperty(verifier, verifier, async (a, b) => {
      expect((await challengeOf(a)) === (await challengeOf(b))).toBe(a === b);
    }),
    { numRuns: 30 },
  );
});
