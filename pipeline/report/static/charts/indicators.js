// County × indicator: the figure, its rank as colour, and where there is none, why.

const FIG = { group: 0, series: 1, status: 2, year: 3, period: 4, sign: 5, value: 6, high: 7, rank: 8, n: 9, median: 10, conflict: 11, refs: 12, others: 13, scope: 14 };
const SIDE = 6; // of a series: which side is better, "" for neither
const COLUMNS = 24;

function seriesLabel(series, unit = true) {
  const [name, aspect, unitName, per, base] = series;
  return [data(name), aspect && aspect !== "level" ? [" ", named("aspect", aspect)] : null, per ? [" ", data(per)] : null, base ? [" ", both(...baseNames(base))] : null, unit && unitName ? el("span", { class: "quiet" }, "（", data(unitName), "）") : null];
}

// in what terms a figure is given, where they are not the ordinary ones: 年均, 比 2011 年, 局部
function termsOf(series, scope, now) {
  const [, , , per, base] = series;
  return [per, baseNames(base)[now === "zh" ? 0 : 1], namedIn("scope", scope, now)].filter(Boolean).join(now === "zh" ? "，" : ", ");
}
const termsColumn = (seriesOf, scopeOf) => ({
  zh: "限定", en: "Terms", value: (r) => termsOf(seriesOf(r), scopeOf(r), language.now),
  cell: (r) => el("span", { class: "small" }, both(...["zh", "en"].map((now) => termsOf(seriesOf(r), scopeOf(r), now)))),
  more: [{ zh: "计量周期或对象", en: "per", value: (r) => seriesOf(r)[3] }, { zh: "基期", en: "base", value: (r) => seriesOf(r)[4] }, { zh: "范围", en: "scope", value: scopeOf }],
});

function indicators(place, d) {
  if (!d.rows.length) return;
  const state = { status: mostShared(d), year: "latest" };
  const years = [...new Set(d.rows.map((r) => r[FIG.year]).filter((y) => y !== null))].sort((a, b) => b - a);
  const missing = new Map(d.missing.map(([g, name, why]) => [g + "\u0001" + name, why]));
  const box = el("div", {});
  const tied = tiesOf(d);
  const key = el("div", {});
  const draw = () => {
    const found = d.findings[state.status];
    if (found) document.getElementById("h-indicators").replaceChildren(...both(...found));
    key.replaceChildren(indicatorLegend(state.status));
    box.replaceChildren(indicatorHeat(d, missing, state, tied));
  };
  place.append(el("div", { class: "tools" },
    select("性质", "Status", [["achieved", "已报告的结果", "results"], ["target", "目标", "targets"], ["requirement", "要求", "requirements"]], (v) => { state.status = v; draw(); }),
    select("年份", "Year", [["latest", "各地最近一年", "latest of each"], ...years.map((y) => [String(y), String(y)])], (v) => { state.year = v; draw(); })),
    key, box, tableBelow(indicatorTable(d)));
  place.querySelector("select").value = state.status;
  draw();
}

// a plan neither leads nor falls behind: it asks for more or less
function indicatorLegend(status) {
  const isDone = status === "achieved";
  return legend(isDone ? ["d0", "领先", "leading"] : ["d0", "要求较高", "asking more"], ["d3", "居中或并列", "middle, or equal"], isDone ? ["d6", "落后", "behind"] : ["d6", "要求较低", "asking less"],
    ["alone", "不排名：只此一处，或属局部、上级，或无好坏方向", "not ranked: no other place, a part or a level above, or no better side"], ["other", "有此指标，但年份或口径不同", "named, for other years or in other terms"], ["absent", "未读到数值", "no figure read"], ["unread", "文件未读出", "documents not read"]);
}

// how many places share a rank
const rankOf = (r) => [FIG.series, FIG.status, FIG.year, FIG.period, FIG.rank].map((i) => r[i]).join("\u0001");
function tiesOf(d) {
  const ties = new Map();
  for (const r of d.rows) if (r[FIG.rank]) ties.set(rankOf(r), (ties.get(rankOf(r)) || 0) + 1);
  return ties;
}

// the middle of a rank's places among n, 0 first and 1 last: equal figures share a tone, and of two neither is extreme
const standing = (row, tied) => (row[FIG.rank] - 1 + tied.get(rankOf(row)) / 2) / row[FIG.n];

// results, unless there are more targets that two places give for the same year
function mostShared(d) {
  const seen = new Map();
  for (const r of d.rows) if (r[FIG.n] > 1 && d.series[r[FIG.series]][5]) seen.set(r[FIG.status], (seen.get(r[FIG.status]) || 0) + 1);
  return (seen.get("target") || 0) > (seen.get("achieved") || 0) ? "target" : "achieved";
}

function indicatorHeat(d, missing, state, tied) {
  const cells = new Map();
  const groups = new Map();
  for (const row of d.rows) {
    if (row[FIG.status] !== state.status || row[FIG.period] || row[FIG.year] === null || !d.series[row[FIG.series]][5]) continue;
    if (state.year !== "latest" && row[FIG.year] !== Number(state.year)) continue;
    const key = row[FIG.group] + "\u0001" + row[FIG.series];
    const old = cells.get(key);
    const own = (r) => r[FIG.scope] === "whole";
    if (!old || own(old) < own(row) || (own(old) === own(row) && old[FIG.year] < row[FIG.year])) cells.set(key, row);
  }
  // what can be compared comes first: own figures with a better side, then own figures, then sums of projects and the like
  const spread = new Map();
  for (const row of cells.values()) {
    const weight = row[FIG.scope] !== "whole" ? 1 : d.series[row[FIG.series]][SIDE] ? 1e6 : 1e3;
    spread.set(row[FIG.series], (spread.get(row[FIG.series]) || 0) + weight);
    groups.set(row[FIG.group], (groups.get(row[FIG.group]) || 0) + 1);
  }
  const series = [...spread].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, COLUMNS).map(([i]) => i);
  for (const [g] of d.missing) if (!groups.has(g)) groups.set(g, 0);
  const order = [...groups].sort((a, b) => b[1] - a[1]).map(([g]) => g);
  if (!series.length) return el("p", { class: "quiet" }, both("这一年没有这样的数字。", "No such figures for this year."));
  return heatTable({
    className: "figures",
    rows: order.map((g) => ({ g, label: () => data(store.groups[g]) })),
    columns: series.map((s) => ({ s, label: () => [seriesLabel(d.series[s], false), d.series[s][SIDE] ? null : el("small", { class: "quiet" }, " ", both("（不排名）", "(not ranked)"))] })),
    cell: ({ g }, { s }) => {
      const row = cells.get(g + "\u0001" + s);
      if (!row) return gap(d, missing, g, s);
      const n = row[FIG.n] || 1;
      const tone = n > 1 && row[FIG.rank] ? "d" + step7(standing(row, tied)) : "alone";
      const unit = d.series[s][2];
      return {
        tone, refs: row[FIG.refs],
        label: [el("span", {}, figures(row[FIG.sign], row[FIG.value], row[FIG.high], unit === "%" ? "%" : ""), row[FIG.conflict] ? el("sup", { title: "另有不同数字 conflicting figures" }, "*") : null), state.year === "latest" || row[FIG.scope] !== "whole" ? el("small", {}, state.year === "latest" ? String(row[FIG.year]) : null, row[FIG.scope] === "whole" ? null : both(row[FIG.scope] === "upper" ? " 上级" : " 局部", row[FIG.scope] === "upper" ? " above" : " part")) : null],
        title: `${store.groups[g]} ${d.series[s][0]} ${row[FIG.year]}: ${figure(row[FIG.sign], row[FIG.value], row[FIG.high], unit, zhNumber)}; ${row[FIG.rank] || "—"}/${n} ${termsOf(d.series[s], row[FIG.scope], language.now)}`,
        why: () => [data(store.groups[g]), " · ", seriesLabel(d.series[s]), ` · ${row[FIG.year]}`],
      };
    },
  });
}

// no figure here: none was read, the files were not read, or only in other terms
function gap(d, missing, g, s) {
  const why = missing.get(g + "\u0001" + d.series[s][0]);
  if (why === "absent") return { tone: "absent", label: el("span", { class: "visually-hidden" }, both("未读到数值", "no figure read")), title: "已读各文件中未读到该指标的数值；文字中或有提及 no figure of it was read; words may name it" };
  if (why === "not_read") return { tone: "unread", label: "?", title: "文件未读出 not read" };
  return { tone: "other", label: el("span", {}, "·"), title: "年份或口径不同 other year or terms" };
}

function indicatorTable(d) {
  const group = (r) => store.groups[r[FIG.group]];
  return {
    id: "indicator-rows", name: "indicators", rows: d.rows,
    trace: [{ zh: "", en: "", refs: (r) => r[FIG.refs] }, { zh: "未用的数字·", en: "not_chosen_", refs: (r) => r[FIG.others] }],
    columns: [
      { zh: "地方", en: "Place", value: group },
      { zh: "指标", en: "Indicator", value: (r) => d.series[r[FIG.series]][0] },
      { zh: "指标形式", en: "Aspect", value: (r) => namedIn("aspect", d.series[r[FIG.series]][1], language.now), cell: (r) => el("span", {}, named("aspect", d.series[r[FIG.series]][1])) },
      termsColumn((r) => d.series[r[FIG.series]], (r) => r[FIG.scope]),
      { zh: "性质", en: "Status", value: (r) => namedIn("said", r[FIG.status], language.now), cell: (r) => el("span", {}, named("said", r[FIG.status])) },
      { zh: "年份", en: "Year", numeric: true, value: (r) => r[FIG.year] },
      { zh: "时段", en: "Period", value: (r) => r[FIG.period] },
      { zh: "数值", en: "Value", numeric: true, value: (r) => r[FIG.value], more: [{ zh: "数值上限", en: "Upper value", value: (r) => r[FIG.high] }, signed("所示数值", "As shown", (r, write) => figure(r[FIG.sign], r[FIG.value], r[FIG.high], d.series[r[FIG.series]][2], write))], cell: (r) => ref(r[FIG.refs], figures(r[FIG.sign], r[FIG.value], r[FIG.high], d.series[r[FIG.series]][2]), () => [data(group(r)), " · ", seriesLabel(d.series[r[FIG.series]])]) },
      { zh: "单位", en: "Unit", value: (r) => d.series[r[FIG.series]][2] },
      { zh: "名次", en: "Rank", numeric: true, value: (r) => (r[FIG.n] > 1 ? r[FIG.rank] : null), more: [{ zh: "同年同口径地方数", en: "Places with the same figure", value: (r) => r[FIG.n] }], cell: (r) => (r[FIG.n] > 1 && r[FIG.rank] ? `${r[FIG.rank]} / ${r[FIG.n]}` : "—") },
      { zh: "中位数", en: "Median", numeric: true, value: (r) => r[FIG.median], cell: (r) => el("span", {}, r[FIG.median] === null ? "—" : figures("=", r[FIG.median], null, "")) },
      { zh: "未用的其他数字", en: "Other figures", numeric: true, value: (r) => r[FIG.others].length, cell: (r) => ref(r[FIG.others], String(r[FIG.others].length), () => both("未采用的数字", "Figures not chosen")) },
    ],
  };
}
