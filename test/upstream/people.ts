/** People of every pool. A name that is not in the table is a plain person. */
export interface Person {
  readonly sub: string;
  readonly username: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly groups?: readonly string[];
}

const KNOWN: Readonly<Record<string, Partial<Person>>> = {
  ada: {
    groups: ["staff", "engineering"],
    claims: {
      name: "Ada Lovelace",
      given_name: "Ada",
      family_name: "Lovelace",
      email: "ada@example.com",
      email_verified: true,
      phone_number: "+441815121210",
      phone_number_verified: false,
      "custom:department": "Research",
    },
  },
  zoe: { claims: { name: "Zoë Ångström 李", email: "zoe@example.com", email_verified: false } },
};

/** @param extra claims of this very sign-in */
export function person(name: string, extra: Readonly<Record<string, unknown>>): Person {
  const known = KNOWN[name];
  return {
    sub: `sub-of-${name}`,
    username: name,
    ...(known?.groups && { groups: known.groups }),
    claims: { name, email: `${name}@example.com`, email_verified: true, ...known?.claims, ...long(extra) },
  };
}

/** `x*17000` is a text of 17,000 x, `[g*10000]` a list of 10,000 texts: more than fits the header by which a test says it. */
function long(claims: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      const [, character, times] = /^(.)\*(\d+)$/.exec(String(value)) ?? [];
      const [, one, elements] = /^\[(.+)\*(\d+)\]$/.exec(String(value)) ?? [];
      if (one) return [name, Array.from({ length: Number(elements) }, (_, index) => `${one}${index}`)];
      return [name, character ? character.repeat(Number(times)) : value];
    }),
  );
}
