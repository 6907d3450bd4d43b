// Who used a slogan first and how it spread; what it stands for in each place.

const USE = { label: 0, kind: 1, group: 2, n: 3, year: 4, date: 5, origin: 6, order: 7, groups: 8, refs: 9 };
const MEM = { label: 0, variants: 1, variant: 2, members: 3, n: 4, groups: 5, same: 6, refs: 7, also: 8 };

// what was read of a place: 10 份，2003—2025 年; a first use is the first among these alone
function coverage(d) {
  const by = new Map(d.covered.map(([group, n, years, undated]) => [group, { n, years, undated }]));
  const span = (years, dash) => (!years.length ? "" : years.length > 1 ? `${years[0]}${dash}${years[years.length - 1]}` : String(years[0]));
  return {
    n: (g) => (by.has(g) ? by.get(g).n : null),
    years: (g) => (by.has(g) ? by.get(g).years.join(" ") : ""),
    said: (g) => {
      const c = by.get(g);
      if (!c) return null;
      return both(`（${c.n} 份${c.years.length ? `，${span(c.years, "—")}` : ""}${c.undated ? `，${c.undated} 份无年份` : ""}）`, ` (${c.n} documents${c.years.length ? `, ${span(c.years, "–")}` : ""}${c.undated ? `, ${c.undated} undated` : ""})`);
    },
    upTo: (year) => [...by.values()].filter((c) => c.years.length && c.years[0] <= year).length,
    all: by.size,
  };
}

function slogans(place, d) {
  if (!d.uses.length) return;
  place.append(el("h3", {}, both("这批文件中首次使用的年份", "Year of first use among these documents")),
    legend(["dot origin", "这批文件中最早使用的地方", "first among these documents"], ["dot later", "后来采用（圆越大，当年采用的地方越多）", "adopted later (larger: more places in that year)"]), sloganTimeline(d));
  const many = d.members.filter((m) => m[MEM.variants] > 1);
  if (many.length) {
    const labels = [...new Map(many.map((m) => [m[MEM.label], m[MEM.variants]]))].sort((a, b) => b[1] - a[1] || collator.compare(a[0], b[0]));
    const differing = new Set(many.filter((m) => m[MEM.same] < 1).map((m) => m[MEM.label])).size;
    const box = el("div", {});
    const draw = (label) => box.replaceChildren(memberCards(many.filter((m) => m[MEM.label] === label)));
    place.append(el("h3", {}, both(`同一口号，列出的成员：${labels.length} 个口号有不止一种列法，${differing} 个不只是措辞不同`, `One slogan, its members: ${labels.length} have more than one list, ${differing} differ in more than wording`)),
      el("div", { class: "tools" }, select("口号", "Slogan", labels.map(([label, n]) => [label, `${label}（${n}）`]), draw)), box);
    draw(labels[0][0]);
  }
  place.append(tableBelow(sloganTable(d)));
}

function sloganTimeline(d) {
  const read = coverage(d);
  const by = new Map();
  for (const use of d.uses) {
    if (use[USE.year] === null) continue;
    if (!by.has(use[USE.label])) by.set(use[USE.label], []);
    by.get(use[USE.label]).push(use);
  }
  const all = [...by].filter(([, uses]) => uses.length > 1).sort((a, b) => b[1].length - a[1].length);
  if (!all.length) return el("p", { class: "quiet" }, both("没有两处共用的口号。", "No slogan is used in two places."));
  const years = all.flatMap(([, uses]) => uses.map((u) => u[USE.year]));
  const [low, high] = [Math.min(...years), Math.max(...years)];
  const at = (year) => `${3 + (94 * (year - low)) / (high - low || 1)}%`;
  const marks = ticks(low, high, 6).filter(Number.isInteger);
  const axis = el("div", { class: "dots axis", "aria-hidden": "true" }, el("span", { class: "bar-label" }), el("span", { class: "track" }, marks.map((t) => el("span", { class: "tick", style: { left: at(t) } }, el("span", {}, String(t))))), el("span", { class: "dots-text" }));
  const line = ([label, uses]) => {
    const byYear = new Map();
    for (const u of uses) byYear.set(u[USE.year], [...(byYear.get(u[USE.year]) || []), u]);
    const first = uses.filter((u) => u[USE.origin]);
    const names = (some) => some.map((u) => store.groups[u[USE.group]]).join("、");
    return el("div", { class: "dots" }, el("span", { class: "bar-label" }, el("strong", {}, data(label))),
      el("span", { class: "track" }, marks.map((x) => el("i", { class: "rule", style: { left: at(x) } })),
        [...byYear].map(([year, some]) => {
          const origin = some.some((u) => u[USE.origin]);
          const size = 12 + 7 * Math.sqrt(some.length);
          return ref(some.flatMap((u) => u[USE.refs].slice(0, 3)), some.length > 1 ? String(some.length) : "", () => [data(label), ` · ${year} · `, data(names(some))], undefined, {
            class: "bubble " + (origin ? "origin" : "later"), title: `${year}: ${names(some)}`, style: { left: at(year), width: `${size}px`, height: `${size}px` },
            "aria-label": `${label} ${year} ${names(some)}`,
          });
        })),
      el("span", { class: "dots-text" }, first.length ? [both("始于 ", "first here: "), first.slice(0, 2).map((u, i) => [i ? "、" : "", data(store.groups[u[USE.group]]), read.said(u[USE.group])]), first.length > 2 ? both(`等 ${first.length} 处`, ` and ${first.length - 2} more`) : null] : null, both(`，共 ${uses.length} 处`, `; ${uses.length} places`),
        first.length ? el("span", { class: "quiet small" }, both(`；有 ${first[0][USE.year]} 年及以前文件的 ${read.upTo(first[0][USE.year])} / ${read.all} 处`, `; ${read.upTo(first[0][USE.year])} of ${read.all} places have documents up to ${first[0][USE.year]}`)) : null));
  };
  return el("div", { class: "dot-plot narrow" }, axis, growing(all, line, 20, 30));
}

function memberCards(variants) {
  return el("div", { class: "members" }, growing(variants, (v) => el("article", { class: "card" },
    el("h4", {}, v[MEM.groups].map((g, i) => [i ? "、" : "", data(store.groups[g])])),
    el("ol", {}, v[MEM.members].map((m) => el("li", { class: v[MEM.variant] > 1 && v[MEM.also].includes(m) ? "shared" : null }, data(m)))),
    el("p", { class: "quiet" }, ref(v[MEM.refs], both(`${v[MEM.n]} 次`, `${v[MEM.n]} uses`), () => [data(v[MEM.label]), " · ", v[MEM.groups].map((g) => [data(store.groups[g]), " "])], v[MEM.n]),
      v[MEM.variant] > 1 ? both(`，与第一种重合 ${share(v[MEM.same])}`, `, ${share(v[MEM.same])} in common with the first`) : both("，最常见的一种", ", the most common"))), 12, 24));
}

function sloganTable(d) {
  const read = coverage(d);
  return {
    id: "slogan-rows", name: "slogans", rows: d.uses, trace: [{ zh: "", en: "", refs: (r) => r[USE.refs] }],
    columns: [
      { zh: "口号", en: "Slogan", value: (r) => r[USE.label] },
      { zh: "地方", en: "Place", value: (r) => store.groups[r[USE.group]] },
      { zh: "次数", en: "Uses", numeric: true, value: (r) => r[USE.n], cell: (r) => ref(r[USE.refs], count(r[USE.n]), () => [data(r[USE.label]), " · ", data(store.groups[r[USE.group]])], r[USE.n]) },
      { zh: "首次年份", en: "First year", numeric: true, value: (r) => r[USE.year] },
      { zh: "首次日期", en: "First date", value: (r) => r[USE.date] },
      { zh: "采用次序", en: "Order", numeric: true, value: (r) => r[USE.order] },
      { zh: "本地文件数", en: "Documents of the place", numeric: true, value: (r) => read.n(r[USE.group]), more: [{ zh: "本地文件年份", en: "Years of its documents", value: (r) => read.years(r[USE.group]) }] },
      { zh: "使用地方数", en: "Places", numeric: true, value: (r) => r[USE.groups] },
    ],
  };
}
