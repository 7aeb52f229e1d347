import type { BrowserContext } from "playwright-core";

/** Chromium says so itself when a document is answered with a status of 400 and above. */
const STATUS = /^Failed to load resource: the server responded with a status of \d+/;

/** Collects what the console of every page and frame complains about: violated policies, dropped cookies, script errors. */
export function watch(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on("console", (message) => {
    if (!STATUS.test(message.text()))
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  return complaints;
}
