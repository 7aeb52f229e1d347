/** URLs that operators and clients supply lead nowhere inside (threat 18; Keycloak CVE-2020-10770, ZITADEL CVE-2026-27945). */
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { guardedFetch } from "../../src/store/outbound.ts";

const origin = "https://login.example.com";
const self = vi.fn(async () => new Response("ours"));
let real: MockInstance<typeof fetch>;

beforeEach(() => {
  real = vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response("theirs"));
  self.mockClear();
});
afterEach(() => {
  real.mockRestore();
});

const outbound = (loopback = false) => guardedFetch({ isOurs: (asked) => asked === origin, loopback, self });

describe("is not called:", () => {
  it.each([
    "http://provider.example.com/",
    "ftp://provider.example.com/",
    "data:text/plain,x",
    "https://10.0.0.1/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[fd00::1]/",
    "https://localhost/",
    "https://localhost./",
    "https://LOCALHOST/",
    "http://localhost:3000/",
    "https://intranet/",
    "https://metadata./",
    "https://service.localhost/",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://user:pass@provider.example.com/",
    "https://user@provider.example.com/",
    "https://:pass@provider.example.com/",
    "https://[2001:db8::1.2.3.4]/",
  ])("%s", async (url) => {
    await expect(outbound()(url)).rejects.toThrow("only public https addresses are called");
    expect(real).not.toHaveBeenCalled();
    expect(self).not.toHaveBeenCalled();
  });
});

it("a public https address is called, without following redirects and with ten seconds to answer", async () => {
  const timeout = vi.spyOn(AbortSignal, "timeout");
  expect(await (await outbound()("https://provider.example.com/keys")).text()).toBe("theirs");
  const [request] = real.mock.calls[0] as [Request];
  expect([request.url, request.redirect]).toEqual(["https://provider.example.com/keys", "manual"]);
  expect(timeout).toHaveBeenCalledWith(10_000);
});

it("a caller cannot ask for redirects to be followed", async () => {
  await outbound()("https://provider.example.com/", { redirect: "follow" });
  expect((real.mock.calls[0] as [Request])[0].redirect).toBe("manual");
});

it("loopback opens by configuration only", async () => {
  for (const url of ["http://localhost:3000/", "http://127.0.0.1:3000/", "http://[::1]:3000/"]) {
    await outbound(true)(url);
    await expect(outbound(false)(url)).rejects.toThrow();
  }
  for (const url of ["http://192.168.0.1/", "http://user@localhost/", "http://:pass@127.0.0.1/"])
    await expect(outbound(true)(url)).rejects.toThrow("only public https addresses are called");
});

it("our own origin is answered in process, because a Worker's fetch of its own zone does not loop back", async () => {
  expect(await (await outbound()(`${origin}/demo/.well-known/jwks.json`)).text()).toBe("ours");
  expect(real).not.toHaveBeenCalled();
});

it("an answer that never ends is cut off at a megabyte", async () => {
  let sent = 0;
  real.mockImplementation(async () => {
    const chunk = new Uint8Array(100_000);
    return new Response(new ReadableStream({ pull: (stream) => (sent++, stream.enqueue(chunk)) }));
  });
  await expect(outbound()("https://provider.example.com/")).rejects.toThrow("the answer is too large");
  expect(sent).toBeLessThan(15);
});
