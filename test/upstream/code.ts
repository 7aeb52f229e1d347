/** An upstream code carries all that it stands for, so that a pool keeps nothing but which codes were spent. */
export interface Code {
  readonly id: string;
  readonly pool: string;
  readonly client: string;
  readonly redirect: string;
  readonly challenge: string;
  readonly nonce: string;
  readonly scope: string;
  readonly person: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The test's clock at the sign-in, in seconds. */
  readonly now: number;
  /** Seconds since the person really signed in. */
  readonly age: number;
}

const spent = new Set<string>();

export function writeCode(code: Code): string {
  return Buffer.from(JSON.stringify(code)).toString("base64url");
}

/** @returns undefined for what is no code, or was used */
export function spend(text: string | null): Code | undefined {
  try {
    const code = JSON.parse(Buffer.from(text ?? "", "base64url").toString()) as Code;
    if (spent.has(code.id)) return undefined;
    spent.add(code.id);
    return code;
  } catch {
    return undefined;
  }
}
