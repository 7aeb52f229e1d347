import { parseArgs } from "node:util";

export interface StartOptions {
  readonly json: boolean;
  readonly port: number;
  readonly poolPort: number;
  /** A folder for secrets and storage in place of the usual one. */
  readonly state?: string;
}

/** Flags of `npm start -- …`; PORT in the environment counts too, a flag wins. */
export function startOptions(args: readonly string[], env: NodeJS.ProcessEnv): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      port: { type: "string", default: env.PORT || "8787" },
      "pool-port": { type: "string", default: "9400" },
      state: { type: "string" },
    },
  });
  const { json, state } = values;
  return { json, port: parsePort(values.port), poolPort: parsePort(values["pool-port"]), state };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
  throw new Refusal(
    `“${text}” is not a port: give a number from 1 to 65535, for example npm start -- --port 8790`,
  );
}

/** Something the person who typed the command can put right: said in one sentence, without a stack trace. */
export class Refusal extends Error {}
