/** What `exports` of `cloudflare:workers` is in tests. */
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../src/index.ts");
  }
}

/** A text as it stands in the repository. */
declare module "*?raw" {
  const text: string;
  export default text;
}
