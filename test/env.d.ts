/** What `exports` of `cloudflare:workers` is in tests. */
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../src/index.ts");
  }
}
