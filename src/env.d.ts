/** Bindings and variables of the Worker, as `wrangler.toml` and its secrets give them. */
declare namespace Cloudflare {
  interface Env {
    /** The public origin, for example `https://login.example.com`. */
    readonly ORIGIN: string;
    /** Further hosts under which a proxy may reach the Worker, separated by commas. */
    readonly HOSTS?: string;
    /** Secret. `id:base64url(32 bytes)`, several separated by commas, the first for new values. */
    readonly DEPLOYMENT_KEY: string;
    /** Secret. Opens the API of a new deployment. */
    readonly BOOTSTRAP_KEY?: string;
    /** `on` lets providers and clients on this machine be reached: for development only. */
    readonly LOOPBACK?: string;
    readonly CONFIG: KVNamespace;
    readonly WORKSPACE: DurableObjectNamespace<import("./store/workspace.ts").Workspace>;
    readonly SUBJECT: DurableObjectNamespace<import("./store/subject.ts").Subject>;
    readonly DIRECTORY: DurableObjectNamespace<import("./store/directory.ts").Directory>;
    readonly ONCE: DurableObjectNamespace<import("./store/once.ts").Once>;
    readonly AUDIT: DurableObjectNamespace<import("./store/audit.ts").Audit>;
  }
}
