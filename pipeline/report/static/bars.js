// Bars and positions made of boxes, so that words keep their size on every screen.

// items: { label: node, n, number: node, onclick }
function bars(items, { first = 12, tone = "s4" } = {}) {
  const most = Math.max(...items.map((i) => Math.abs(i.n))) || 1;
  return growing(items, (item) => el("div", { class: "bar" },
    el("span", { class: "bar-label" }, item.onclick ? el("button", { type: "button", class: "plain", onclick: item.onclick }, item.label) : item.label),
    el("span", { class: "bar-track", "aria-hidden": "true" }, el("span", { class: "bar-fill " + (item.tone || tone), style: { width: `${(100 * Math.abs(item.n)) / most}%` } })),
    el("span", { class: "bar-number" }, item.number)), first, 50, "bars");
}

// items: { label: node, parts: [{ n, tone, node, title }], note: node }; whole bars are 100 %
function stacked(items, { first = 20 } = {}) {
  return growing(items, (item) => {
    const total = item.parts.reduce((sum, p) => sum + p.n, 0) || 1;
    return el("div", { class: "bar stack" }, el("span", { class: "bar-label" }, item.label),
      el("span", { class: "bar-track whole-track" }, item.parts.filter((p) => p.n).map((p) => {
        const node = p.node(p.n / total);
        node.classList.add("part", p.tone);
        node.replaceChildren(el("span", { class: `fits n${Math.min(4, node.textContent.length)}` }, [...node.childNodes]));
        return assign(node, { style: { "flex-grow": String(p.n / total) } });
      })),
      el("span", { class: "bar-number quiet" }, item.note || null));
  }, first, 60, "bars stacks");
}

// ticks that people count in
function ticks(low, high, about = 5) {
  const raw = (high - low || 1) / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw);
  const out = [];
  for (let t = Math.ceil(low / step) * step; t <= high + step * 1e-6; t += step) out.push(Number(t.toPrecision(12)));
  return out;
}
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(q * (sorted.length - 1))))];
