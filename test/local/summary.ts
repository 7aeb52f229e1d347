import type { Local } from "./local.ts";
import { people } from "./pool/people.ts";

/** What a program that drives the demo needs to know; `npm start -- --json` prints it as one line. */
export const summary = ({ origin, pool, secrets }: Local) => ({
  origin,
  workspace: "demo",
  issuer: `${origin}/demo`,
  portal: `${origin}/demo/me`,
  console: `${origin}/admin`,
  demo: `${origin}/demo/demo`,
  people: people.map(({ username, password, attributes }) => ({
    username,
    password,
    email: attributes.email,
  })),
  bootstrap_key: secrets.bootstrap_key,
  client_id: "demo-cli",
  client_secret: secrets.demo_client_secret,
  pool: { origin: pool.origin, issuer: pool.issuer },
});

/** The same for a person: what to open, who to be, how to stop. */
export function describe(local: Local): string {
  const { console, demo, portal, people: persons, bootstrap_key } = summary(local);
  const who = persons.map(({ email, password }) => `    ${String(email).padEnd(18)}  ${password}`);
  return `
Vestibule is ready.

  Try a sign-in     ${demo}
  Your own page     ${portal}
  The console       ${console}

  Sign in as
${who.join("\n")}

  Key of the console and the API
    ${bootstrap_key}

Press Ctrl-C to stop. What you change is kept in .vestibule; remove that folder to start afresh.`;
}
