/**
 * The picture of Data Lineage: what is pointed at lights its way, arrow keys walk the boxes, and a box that is drawn onto
 * one of the next column fills the form below. Without it a click does the same, by a page of its own.
 */
export const lineage = `
const picture = document.getElementById("picture");
if (picture) {
  const lines = [...picture.querySelectorAll("[data-edge]")].map((link) => {
    const [from, to] = link.dataset.edge.split(" ");
    return { link, from, to };
  });
  const boxes = [...picture.querySelectorAll("[data-node]")];
  const chosen = [...picture.querySelectorAll(".on")];
  const isLit = picture.classList.contains("lit");
  const reached = (begin, enter, leave) => {
    const seen = new Set(begin);
    for (const box of seen) for (const line of lines) if (line[enter] === box) seen.add(line[leave]);
    return seen;
  };
  const show = (links, lit) => {
    for (const link of picture.querySelectorAll(".on")) link.classList.remove("on");
    for (const link of links) link.classList.add("on");
    picture.classList.toggle("lit", lit);
  };
  const light = (link) => {
    const line = lines.find((one) => one.link === link);
    const before = reached([line ? line.from : link.dataset.node], "to", "from");
    const after = reached([line ? line.to : link.dataset.node], "from", "to");
    const on = lines.filter(({ link: other, from, to }) =>
      other === link || (before.has(from) && before.has(to)) || (after.has(from) && after.has(to)));
    const nodes = boxes.filter(({ dataset: { node } }) => before.has(node) || after.has(node));
    show([...nodes, ...on.map((one) => one.link)], true);
  };
  const rest = () => show(chosen, isLit);
  for (const event of ["pointerover", "focusin"])
    picture.addEventListener(event, ({ target }) => {
      const link = target.closest("a");
      if (link) light(link);
      else rest();
    });
  picture.addEventListener("pointerleave", rest);
  picture.addEventListener("focusout", rest);

  const at = (box, name) => Number(box.querySelector("rect").getAttribute(name));
  const next = (box, key) => {
    const column = boxes.filter((other) => at(other, "x") === at(box, "x")).sort((a, b) => at(a, "y") - at(b, "y"));
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (step) return column[column.indexOf(box) + step];
    const [enter, leave] = key === "ArrowRight" ? ["from", "to"] : ["to", "from"];
    const ends = lines.filter((line) => line[enter] === box.dataset.node).map((line) => boxes[line[leave]]);
    return ends.sort((a, b) => at(a, "y") - at(b, "y"))[0];
  };
  picture.addEventListener("keydown", (event) => {
    const box = event.target.closest("[data-node]");
    if (!box || !/^Arrow(Up|Down|Left|Right)$/.test(event.key)) return;
    event.preventDefault();
    const to = next(box, event.key);
    if (to) to.focus();
  });

  const named = (target) => {
    const box = target.closest && target.closest("[data-node]");
    const id = box && new URL(box.getAttribute("href"), location.href).searchParams.get("node");
    return id ? [id.split(":")[0], id, id.slice(id.indexOf(":") + 1)] : [];
  };
  let drawn = [];
  picture.addEventListener("dragstart", (event) => event.preventDefault());
  picture.addEventListener("pointerdown", ({ target }) => { drawn = named(target); });
  picture.addEventListener("pointerup", ({ target }) => {
    const [from, id, own] = drawn;
    const [to, , other] = named(target);
    drawn = [];
    const form = { "attribute context": "map", "context client": "release" }[from + " " + to];
    const button = form && document.getElementById(form);
    if (!button) return;
    const fields = form === "map" ? { attribute: id, target: other } : { context: own, client_id: other };
    for (const [name, value] of Object.entries(fields)) button.form.elements[name].value = value;
    button.focus();
  });
}
`;
