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
    /** `on` opens the bootstrap key again although there are operators: break glass. */
    readonly BOOTSTRAP?: string;
    /** Cloudflare Access in front of `/api` and `/admin`: `https://acme.cloudflareaccess.com` and the application's AUD. */
    readonly ACCESS_TEAM?: string;
    readonly ACCESS_AUD?: string;
    /** The only origin where `/api` and `/admin` answer, if it is not the public one. */
    readonly ADMIN_ORIGIN?: string;
    /** `on` lets providers and clients on this machine be reached: for development only. */
    readonly LOOPBACK?: string;
    /** Limits; a binding that is missing limits nothing. */
    readonly LIMIT_PEOPLE?: RateLimit;
    readonly LIMIT_OPERATORS?: RateLimit;
    readonly LIMIT_CLIENTS?: RateLimit;
    readonly LIMIT_STRANGERS?: RateLimit;
    /** Outcomes of sign-ins, where an Analytics Engine dataset is bound. */
    readonly METRICS?: AnalyticsEngineDataset;
    /** Runs operators' scripts (Workers Paid plan); without it there are none. */
    readonly LOADER?: WorkerLoader;
    /** `on` says in the log which script begins and ends, for whoever restarts a Worker that one of them stopped. */
    readonly WATCHED?: string;
    readonly CONFIG: KVNamespace;
    readonly WORKSPACE: DurableObjectNamespace<import("./store/workspace.ts").Workspace>;
    readonly SUBJECT: DurableObjectNamespace<import("./store/subject.ts").Subject>;
    readonly DIRECTORY: DurableObjectNamespace<import("./store/directory.ts").Directory>;
    readonly ONCE: DurableObjectNamespace<import("./store/once.ts").Once>;
    readonly AUDIT: DurableObjectNamespace<import("./store/audit.ts").Audit>;
  }
}
