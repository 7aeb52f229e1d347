/** Signature algorithms of our own tokens; each workspace has a key for every one. The first is the default. */
export const SIGNING_ALGORITHMS = ["RS256", "ES256", "PS256"] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];
