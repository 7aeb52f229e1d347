/** Scopes of a workspace: what an app may ask for, in people's words. */
import * as z from "zod";
import { ScopeName } from "./ids.ts";

export const Scope = z.strictObject({
  name: ScopeName,
  display_name: z.string().max(100).default(""),
  description: z.string().max(500).default(""),
  /** Requested by default, for clients that have it and ask for nothing. */
  implicit: z.boolean().default(false),
  /** Never asked on the consent page. */
  implicit_grant: z.boolean().default(false),
  /** Asked every time: the grant is not remembered. */
  transient: z.boolean().default(false),
});
export type Scope = z.infer<typeof Scope>;

const standard = (name: string, display_name: string, description: string) =>
  Scope.parse({ name, display_name, description });

/** What a new workspace starts with. OpenID Connect Core §5.4 and §11; the last is ours. */
export const STANDARD_SCOPES: readonly Scope[] = [
  standard("openid", "Know who you are", "Recognise you when you come back"),
  standard("profile", "Your profile", "Your name, picture and other basics"),
  standard("email", "Your e-mail address", "And whether it is confirmed"),
  standard("phone", "Your phone number", "And whether it is confirmed"),
  standard("address", "Your postal address", "Where you get your mail"),
  standard("offline_access", "Stay signed in", "Keep this access while you are away"),
  standard("view_lineage", "See where your data came from", "Show you which values were passed on, and why"),
];
