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
  /** Seconds since 1970: grants and consents from before no longer count. A name that is given anew has the time of that. */
  not_before: z.int().min(0).default(0),
});
export type Scope = z.infer<typeof Scope>;

const standard = (name: string, display_name: string, description: string): Scope => ({
  name,
  display_name,
  description,
  implicit: false,
  implicit_grant: false,
  transient: false,
  not_before: 0,
});

/** What a new workspace starts with, each about a person. OpenID Connect Core §5.4 and §11; from `list_clients_with_access` on they are ours. */
export const STANDARD_SCOPES: readonly Scope[] = [
  standard("openid", "Know who you are", "Recognise you when you come back"),
  standard("profile", "Your profile", "Your name, picture and other basics"),
  standard("email", "Your e-mail address", "And whether it is confirmed"),
  standard("phone", "Your phone number", "And whether it is confirmed"),
  standard("address", "Your postal address", "Where you get your mail"),
  standard("offline_access", "Stay signed in", "Keep this access while you are away"),
  standard("list_clients_with_access", "See your apps", "Which apps have access to your data, and to what"),
  standard("revoke_client_access", "Revoke your apps", "End the access of any app at once"),
  standard("view_sessions", "See where you are signed in", "Browsers with their addresses and times"),
  standard("manage_sessions", "Sign you out", "In any browser, or in all"),
  standard("view_identities", "See how you sign in", "The ways to sign in that lead to your account"),
  standard("manage_identities", "Remove a way to sign in", "Whoever came by it is signed out"),
  standard("export_my_data", "Read all your data", "Everything that is held on you here"),
  standard("erase_my_data", "Erase you", "Everything that is held on you here, for good"),
  standard("view_lineage", "See where your data came from", "Show you which values were passed on, and why"),
];
