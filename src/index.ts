/** Worker entry: the app and the Durable Object classes. */
import { app } from "./app.ts";

export { Audit } from "./store/audit.ts";
export { Directory } from "./store/directory.ts";
export { Once } from "./store/once.ts";
export { Subject } from "./store/subject.ts";
export { Workspace } from "./store/workspace.ts";

export default app;
