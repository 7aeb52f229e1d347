/** Attribute values as Cognito keeps them: `custom:*` are always strings, the two `*_verified` are booleans. */
export type Attributes = { readonly [name: string]: string | boolean };

/** How a person came from a provider behind the pool: every member a string, `issuer` perhaps null. */
export interface Identity {
  readonly [member: string]: string | null;
}

export interface Person {
  readonly sub: string;
  /** `cognito:username`; the e-mail address works at the login form too, as an alias. */
  readonly username: string;
  readonly password: string;
  readonly attributes: Attributes;
  readonly groups?: readonly string[];
  readonly roles?: readonly string[];
  readonly identities?: readonly Identity[];
}

/** One person for each way in which people differ: groups and custom attributes, an unverified address, other scripts, federation. */
export const people: readonly Person[] = [
  {
    sub: "b3d4c8f2-7081-70a1-2c5e-5d1f0a9be101",
    username: "ada",
    password: "Ada-demo-1",
    groups: ["staff", "engineering"],
    roles: ["arn:aws:iam::123456789012:role/engineering"],
    attributes: {
      name: "Ada Lovelace",
      given_name: "Ada",
      family_name: "Lovelace",
      email: "ada@example.com",
      email_verified: true,
      locale: "en-GB",
      zoneinfo: "Europe/London",
      updated_at: "1763800000",
      "custom:department": "Research",
      "custom:employee_number": "1815",
      "custom:remote": "true",
    },
  },
  {
    sub: "c3a498d2-00c1-7044-9d1b-8a2b3c4d5e02",
    username: "bob",
    password: "Bob-demo-1",
    attributes: {
      name: "Bob Unconfirmed",
      given_name: "Bob",
      family_name: "Unconfirmed",
      email: "bob@example.com",
      email_verified: false,
    },
  },
  {
    sub: "e364a8c2-f0b1-7013-4f6a-0f1e2d3c4b03",
    username: "zoë",
    password: "Zoë-demo-1",
    groups: ["staff"],
    attributes: {
      name: "李 Zoë Müller-Ångström",
      given_name: "Zoë",
      family_name: "李",
      nickname: "李佐伊",
      email: "zoe@example.com",
      email_verified: true,
      phone_number: "+4930901820",
      phone_number_verified: true,
      locale: "de-DE",
      "custom:department": "Vertrieb & Büro",
    },
  },
  {
    sub: "9344f8b2-3021-7078-b6c7-6a5b4c3d2e04",
    username: "Corporate_mina@corp.example",
    password: "Mina-demo-1",
    groups: ["eu-central-1_Corporate"],
    identities: [
      {
        userId: "mina@corp.example",
        providerName: "Corporate",
        providerType: "SAML",
        issuer: null,
        primary: "true",
        dateCreated: "1642699117273",
      },
    ],
    attributes: {
      name: "Mina Harker",
      given_name: "Mina",
      family_name: "Harker",
      email: "mina@corp.example",
      email_verified: false,
      "custom:department": "Archive",
    },
  },
];
