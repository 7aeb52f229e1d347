/** Every page component in each of its states, with words that are hard on a layout. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { listen } from "../../local/listen.ts";
import { bundled } from "./bundled.ts";
import type { Look } from "./main.ts";

type Gallery = typeof import("../../pages/gallery.tsx");
type Texts = typeof import("../../../src/ui/text/texts.ts");
type Style = typeof import("../../../src/ui/style.ts");

const WORDS = {
  en: "zoë.müller-ångström@very-long-department.example.com",
  de: "Wissenschaftsverwaltungsgesellschaft 李 مريم حداد",
} as const;

export async function gazeAtPages(browser: Browser, look: Look): Promise<void> {
  const { gallery } = await bundled<Gallery>("test/pages/gallery.tsx");
  const { texts } = await bundled<Texts>("src/ui/text/texts.ts");
  const { stylesheet } = await bundled<Style>("src/ui/style.ts");
  const shown = new Map<string, string>();
  for (const lang of ["en", "de"] as const)
    for (const [name, html] of await gallery({ text: texts[lang], word: WORDS[lang], link: "/logo.svg" }))
      shown.set(`/${lang}-${name.replaceAll(/\W+/g, "-")}`, html);
  const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="18" fill="#b03"/></svg>`;
  const server = createServer(({ url = "" }, response) => {
    const html = shown.get(url);
    const [type, body] = html
      ? ["text/html; charset=utf-8", html]
      : url.endsWith(".svg")
        ? ["image/svg+xml", logo]
        : ["text/css", url.endsWith("style.css") ? stylesheet : ""];
    // Pages that leave stay: what is looked at is what is seen before.
    response
      .writeHead(200, { "content-type": type, "content-security-policy": "script-src 'none'" })
      .end(body?.replace(/<meta http-equiv="refresh"[^>]*>/, ""));
  });
  await listen(server, 0);
  // No page of people needs a script; the one that has one would leave. axe has to run, so JavaScript stays on.
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const path of shown.keys()) {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    await look(page, `page-${path.slice(1)}`);
  }
  await context.close();
  server.close();
  server.closeAllConnections();
}
