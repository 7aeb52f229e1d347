/**
 * The console's script. Everything works without it; with it values are copied by a button, times are in the reader's
 * own zone, and lists are walked by keys. It loads nothing and sends nothing.
 */
export const script = `"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  const from = document.getElementById(button.dataset.copy);
  if (!from || !navigator.clipboard) continue;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(from.value);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = words; }, 1500);
  });
}
for (const time of document.querySelectorAll("time[data-local]")) {
  const date = new Date(time.dateTime);
  if (Number.isNaN(date.getTime())) continue;
  time.title = time.textContent;
  const day = time.dataset.local === "day" ? undefined : "short";
  time.textContent = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: day }).format(date);
}
const isTyping = (element) => element && /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(document.activeElement)) return;
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.indexOf(document.activeElement);
  const step = { j: 1, k: -1 }[event.key];
  if (step && rows.length > 0) {
    rows[Math.min(Math.max(at + step, 0), rows.length - 1)].focus();
    event.preventDefault();
  }
  const target = { "/": "search", n: "create", "?": "keys" }[event.key];
  const element = target && document.getElementById(target);
  if (!element) return;
  event.preventDefault();
  if (element.tagName === "A") element.click();
  else if (element.tagName === "DETAILS") element.open = !element.open;
  else element.focus();
});
`;
