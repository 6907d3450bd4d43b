// A heat map that is a table: it can be read aloud, walked through by keyboard, and printed.
// cell(row, column) -> { tone, label: node, title, refs, total, why() } or null

function heatTable({ rows, columns, cell, corner, className, first = 40 }) {
  const head = el("tr", {}, el("th", { class: "corner" }, corner || null), columns.map((c) => el("th", { scope: "col", class: "upright" }, el("div", {}, c.label()))));
  const body = el("tbody", {});
  const draw = (row) => body.append(el("tr", {}, el("th", { scope: "row" }, row.label()), columns.map((c) => {
    const found = cell(row, c);
    if (!found) return el("td", { class: "none" });
    const inside = ref(found.refs, found.label, found.why, found.total, { title: found.title });
    return el("td", { class: found.tone }, inside);
  })));
  rows.slice(0, first).forEach(draw);
  const more = rows.length > first ? el("button", { type: "button", class: "more", onclick: () => { rows.slice(first).forEach(draw); more.remove(); } }, both(`显示其余 ${rows.length - first} 行`, `Show ${rows.length - first} more rows`)) : null;
  return el("div", {}, el("div", { class: "scroll heat-scroll", tabindex: "0", role: "region", "aria-label": "heat map" }, el("table", { class: "heat " + (className || "") }, el("thead", {}, head), body)), more);
}

// 0..1 to one of seven tones
const step7 = (v) => Math.max(0, Math.min(6, Math.floor(v * 6.999)));
const stepFrom = (step) => step / 6.999; // where a tone begins
