import { attribute, type Said, tell } from "../../saml/forge.ts";

/** A usual assertion: twelve attributes of a person. */
export function telling(told: Pick<Said, "request" | "acs" | "audience" | "issuer"> & Partial<Said>): Said {
  const attributes = Array.from({ length: 12 }, (_, n) =>
    attribute(`urn:oid:2.5.4.${n}`, `value ${n} of a person`),
  );
  return tell({ now: Math.floor(Date.now() / 1_000), attributes: attributes.join(""), ...told });
}
