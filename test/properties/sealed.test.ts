/** Sealed values and handles open in the one place that they were made for, and not after any change. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bindings } from "../bindings.ts";
import { randomId, readHandle, writeHandle, type Kind } from "../../src/crypto/handle.ts";
import { openKeyring, type Purpose } from "../../src/crypto/keyring.ts";
import { seal, unseal, type Place } from "../../src/crypto/seal.ts";

const keyring = openKeyring(bindings.DEPLOYMENT_KEY);
/** Every one there is: a kind or purpose that is missing here does not compile. */
const KINDS = Object.keys({ code: 0, rt: 0, session: 0, login: 0 } satisfies Record<Kind, 0>) as Kind[];
const PURPOSES = Object.keys({
  pending: 0,
  context: 0,
  visitor: 0,
  "at-provider": 0,
  leaving: 0,
  remembered: 0,
  app: 0,
  execution: 0,
  lineage: 0,
  credentials: 0,
  "signing-key": 0,
  salt: 0,
  demo: 0,
  console: 0,
  answer: 0,
  "token:access": 0,
} satisfies Record<Exclude<Purpose, `mac:${string}` | `token:${string}`>, 0> &
  Record<`token:${string}`, 0>) as Purpose[];
const WORKSPACES = ["one", "two"];
const handle = { subject: "ab".repeat(32), id: randomId(), generation: 7 };

const places: Place[] = PURPOSES.flatMap((purpose) =>
  WORKSPACES.flatMap((workspace) =>
    [undefined, "pool"].flatMap((owner) =>
      [undefined, 1].map((day) => ({ purpose, workspace, ...(owner && { owner }), ...(day && { day }) })),
    ),
  ),
);
const [first] = places as [Place];
places.push({ ...first, owner: "other" }, { ...first, day: 2 });

describe("a sealed value", () => {
  it("of each purpose, workspace, owner and day opens there and nowhere else", async () => {
    for (const [n, place] of places.entries()) {
      const sealed = await seal(keyring, place, { n });
      const opened = await Promise.all(places.map((other) => unseal(keyring, other, sealed)));
      expect(opened.map((value, at) => [at, value]).filter(([, value]) => value)).toEqual([[n, { n }]]);
    }
  });

  it("does not open after any change of one character", async () => {
    const place = places[0]!;
    const sealed = await seal(keyring, place, { secret: "value" });
    await changes(sealed, async (changed) => expect(await unseal(keyring, place, changed)).toBeUndefined());
  });

  it("is never twice the same", async () => {
    const place = places[0]!;
    expect(await seal(keyring, place, 1)).not.toBe(await seal(keyring, place, 1));
  });

  it("reads back any JSON", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const sealed = await seal(keyring, places[0]!, value);
        expect(await unseal(keyring, places[0]!, sealed)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 50 },
    );
  });
});

describe("a handle", () => {
  it("of each kind and workspace is read as that and as nothing else", async () => {
    for (const kind of KINDS)
      for (const workspace of WORKSPACES) {
        const text = await writeHandle(keyring, kind, workspace, handle);
        for (const other of KINDS)
          for (const elsewhere of WORKSPACES)
            for (const named of [text, text.replace(kind, other)]) {
              const read = await readHandle(keyring, other, elsewhere, named);
              expect(read).toEqual(other === kind && elsewhere === workspace ? handle : undefined);
            }
      }
  });

  it("is not read after any change of one character", async () => {
    const text = await writeHandle(keyring, "rt", "one", handle);
    await changes(text, async (changed) =>
      expect(await readHandle(keyring, "rt", "one", changed)).toBeUndefined(),
    );
  });

  it("is a function of what it names: a retry gets the same bytes", async () => {
    expect(await writeHandle(keyring, "rt", "one", handle)).toBe(
      await writeHandle(keyring, "rt", "one", handle),
    );
  });

  it("reads back any subject, id and generation", async () => {
    const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
    await fc.assert(
      fc.asyncProperty(
        hex,
        fc.nat(2 ** 32 - 1),
        fc.stringMatching(/^[a-z0-9-]{2,40}$/),
        async (subject, generation, workspace) => {
          const written = { subject, id: randomId(), generation };
          expect(
            await readHandle(
              keyring,
              "code",
              workspace,
              await writeHandle(keyring, "code", workspace, written),
            ),
          ).toEqual(written);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("a deployment key", () => {
  it("that is rotated opens what the old one sealed, and writes with the new one", async () => {
    const rotated = openKeyring(`k2:${"B".repeat(43)}, ${bindings.DEPLOYMENT_KEY}`);
    const place = places[0]!;
    expect(await unseal(rotated, place, await seal(keyring, place, "old"))).toBe("old");
    const written = await seal(rotated, place, "new");
    expect(written.startsWith("k2.")).toBe(true);
    expect(await unseal(keyring, place, written)).toBeUndefined();
    const text = await writeHandle(keyring, "rt", "one", handle);
    expect(await readHandle(rotated, "rt", "one", text)).toEqual(handle);
    expect(await readHandle(openKeyring(`k2:${"B".repeat(43)}`), "rt", "one", text)).toBeUndefined();
  });

  it("of the same id and other bytes opens nothing", async () => {
    const other = openKeyring(`k1:${"C".repeat(43)}`);
    expect(await unseal(other, places[0]!, await seal(keyring, places[0]!, 1))).toBeUndefined();
    expect(
      await readHandle(other, "rt", "one", await writeHandle(keyring, "rt", "one", handle)),
    ).toBeUndefined();
  });
});

/** Every character, replaced by another of base64url, and removed. */
async function changes(text: string, check: (changed: string) => Promise<void>): Promise<void> {
  for (let at = 0; at < text.length; at++)
    for (const character of [text[at] === "A" ? "B" : "A", text[at] === "-" ? "_" : "-", ""]) {
      await check(text.slice(0, at) + character + text.slice(at + 1));
    }
  for (const extra of [".", "A", "=", " ", "\n"]) await check(text + extra);
}
