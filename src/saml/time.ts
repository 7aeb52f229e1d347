/** SAML Core §1.3.3: times are UTC. */
import { SamlError } from "./error.ts";
import { attribute, type Element } from "./tree.ts";

const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** Seconds since 1970 → xs:dateTime. */
export function writeTime(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

/** @returns seconds since 1970, undefined where the attribute is absent @throws SamlError `document` */
export function time(element: Element, name: string): number | undefined {
  const written = attribute(element, name);
  if (written === undefined) return undefined;
  const at = UTC.test(written) ? Date.parse(written.replace(/(\.\d{3})\d+/, "$1")) : Number.NaN;
  // A day that is not in the calendar would be read as one of the next month.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 19) !== written.slice(0, 19))
    throw new SamlError("document", `${name} is not a time in UTC`);
  return Math.floor(at / 1_000);
}

/** xs:duration without years and months, whose length depends; anything else is undefined. @returns seconds */
export function duration(written: string | undefined): number | undefined {
  const [, days, hours, minutes, seconds] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(written ?? "") ?? [];
  const [d, h, m, s] = [days, hours, minutes, seconds].map((part) => Number(part ?? 0));
  return ((d ?? 0) * 24 + (h ?? 0)) * 3_600 + (m ?? 0) * 60 + (s ?? 0) || undefined;
}
