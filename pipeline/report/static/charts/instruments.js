// Shares of the three classes of instruments, by place and by theme.

const INS = { group: 0, theme: 1, instrument: 2, sub: 3, n: 4, all: 5, low: 6, high: 7, undecided: 8, refs: 9 };
const CLASSES = [["供给型", "c1"], ["环境型", "c2"], ["需求型", "c3"]];

function instruments(place, d) {
  if (!d.rows.length) return;
  const whole = d.rows.filter((r) => !r[INS.sub]);
  const themes = [...new Set(d.themes.map((t) => t[0]))];
  const size = (name) => d.themes.filter((t) => t[0] === name).reduce((n, t) => n + t[2], 0);
  themes.sort((a, b) => size(b) - size(a));
  const box = el("div", {});
  const draw = (theme) => box.replaceChildren(stacked(barsOf(whole.filter((r) => r[INS.theme] === theme), INS.group, (g) => data(store.groups[g])), { first: 20 }));
  place.append(legend(...CLASSES.map(([c, tone]) => [tone, ...NAMES.instrument[c]])), el("div", { class: "columns" },
    el("div", {}, el("h3", {}, both("各地", "By place")), el("div", { class: "tools" }, select("主题", "Theme", [["全部", "全部", "all"], ...themes.map((t) => [t, t])], draw)), box),
    el("div", {}, el("h3", {}, both("各主题（所有地方合计）", "By theme, all places together")), stacked(barsOf(d.themes.map(([theme, instrument, n, refs]) => [null, theme, instrument, "", n, null, null, null, null, refs]), INS.theme, (t) => data(t)), { first: 20 }))), tableBelow(instrumentTable(d)));
  draw("全部");
}

function barsOf(rows, column, label) {
  const by = new Map();
  for (const row of rows) {
    if (!by.has(row[column])) by.set(row[column], {});
    const cell = (by.get(row[column])[row[INS.instrument]] ||= { n: 0, refs: [] });
    cell.n += row[INS.n];
    if (cell.refs.length < 200) cell.refs.push(...row[INS.refs].slice(0, 200 - cell.refs.length));
  }
  const total = ([, cells]) => Object.values(cells).reduce((n, c) => n + c.n, 0);
  return [...by].sort((a, b) => total(b) - total(a)).map(([key, cells]) => ({
    label: label(key),
    note: both(`${zhNumber(total([key, cells]))} 条`, total([key, cells]).toLocaleString("en-US")),
    parts: CLASSES.map(([c, tone]) => ({
      n: cells[c] ? cells[c].n : 0, tone,
      node: (part) => ref(cells[c].refs, part > 0.07 ? share(part) : "", () => [label(key), " · ", named("instrument", c)], cells[c].n, { title: `${c} ${cells[c].n} (${share(part)})` }),
    })),
  }));
}

function instrumentTable(d) {
  return {
    id: "instrument-rows", name: "instruments", rows: d.rows, trace: [{ zh: "", en: "", refs: (r) => r[INS.refs] }],
    columns: [
      { zh: "地方", en: "Place", value: (r) => store.groups[r[INS.group]] },
      { zh: "主题", en: "Theme", value: (r) => r[INS.theme] },
      { zh: "政策工具", en: "Instrument", value: (r) => r[INS.instrument] },
      { zh: "工具子类", en: "Sub-class", value: (r) => r[INS.sub] },
      { zh: "举措数", en: "Measures", numeric: true, value: (r) => r[INS.n], cell: (r) => ref(r[INS.refs], count(r[INS.n]), () => [data(store.groups[r[INS.group]]), " · ", data(r[INS.theme]), " · ", data(r[INS.sub] || r[INS.instrument])], r[INS.n]) },
      { zh: "占比", en: "Share", numeric: true, value: (r) => (r[INS.all] ? r[INS.n] / r[INS.all] : null), cell: (r) => (r[INS.all] ? share(r[INS.n] / r[INS.all]) : "—") },
      { zh: "95% 区间", en: "95% interval", value: (r) => (r[INS.low] === null ? "" : `${share(r[INS.low])}–${share(r[INS.high])}`) },
    ],
  };
}
