/** The ready templates, in the order in which they are offered. A new one is a file beside this and a line in the list. */
import { cognitoTemplate } from "./cognito.ts";
import type { Template } from "./template.ts";

export const TEMPLATES: readonly Template[] = [cognitoTemplate];
