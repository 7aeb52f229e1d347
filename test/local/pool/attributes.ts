import type { Attributes } from "./people.ts";

/** The scopes of an app client; there is no `offline_access`: a refresh token comes with every code. */
export const scopes = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

const owner: { readonly [attribute: string]: string } = {
  email: "email",
  email_verified: "email",
  phone_number: "phone",
  phone_number_verified: "phone",
};

/** `openid` alone reads every attribute; next to other scopes each attribute needs its own, `profile` being the rest. */
export function readable(attributes: Attributes, granted: ReadonlySet<string>): Attributes {
  const everything = !["email", "phone", "profile"].some((scope) => granted.has(scope));
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => everything || granted.has(owner[name] ?? "profile")),
  );
}
