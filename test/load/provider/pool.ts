/** What the provider's stub and everybody who uses it agree on. */
const region = "eu-central-1";
const pool_id = `${region}_Benchmark`;

export const POOL = {
  region,
  pool_id,
  issuer: `https://cognito-idp.${region}.amazonaws.com/${pool_id}`,
  domain: `https://bench.auth.${region}.amazoncognito.com`,
  client_id: "a".repeat(26),
  client_secret: "b".repeat(52),
};

/** Opens the admin API. */
export const BOOTSTRAP_KEY = "k".repeat(43);

/** A code, which says itself whom it is for. */
export interface Code {
  readonly person: string;
  readonly nonce?: string;
  /** Custom attributes to put into the ID token. */
  readonly attributes?: number;
}

export const writeCode = (code: Code): string => Buffer.from(JSON.stringify(code)).toString("base64url");

export const readCode = (text: string): Code => JSON.parse(Buffer.from(text, "base64url").toString()) as Code;
