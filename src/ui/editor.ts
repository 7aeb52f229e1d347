/** Colours under the text areas for code: a copy of the text behind a transparent one. Typing and reading stay the browser's. */
export const editor = `
const CODE = /(\\/\\/[^\\n]*|\\/\\*[^]*?(?:\\*\\/|$))|("(?:[^"\\\\\\n]|\\\\.)*"?|'(?:[^'\\\\\\n]|\\\\.)*'?|\`(?:[^\`\\\\]|\\\\[^])*\`?)|\\b(async|await|break|case|catch|class|const|continue|default|delete|do|else|export|false|finally|for|function|if|import|in|instanceof|let|module|exports|new|null|of|return|switch|this|throw|true|try|typeof|undefined|var|while|yield)\\b|\\b(\\d[\\w.]*)/g;
const KINDS = ["", "c", "s", "k", "n"];
for (const area of document.querySelectorAll("textarea[data-code]")) {
  const box = document.createElement("div");
  const under = document.createElement("pre");
  box.className = "code-box";
  under.setAttribute("aria-hidden", "true");
  area.replaceWith(box);
  box.append(under, area);
  const draw = () => {
    const parts = [];
    let at = 0;
    for (const found of area.value.matchAll(CODE)) {
      parts.push(area.value.slice(at, found.index));
      const part = document.createElement("span");
      part.className = "code-" + KINDS[found.slice(1).findIndex((one) => one !== undefined) + 1];
      part.textContent = found[0];
      parts.push(part);
      at = found.index + found[0].length;
    }
    under.replaceChildren(...parts, area.value.slice(at), "\\n");
    follow();
  };
  const follow = () => { under.scrollTop = area.scrollTop; under.scrollLeft = area.scrollLeft; };
  area.addEventListener("input", draw);
  area.addEventListener("scroll", follow);
  draw();
}
`;
