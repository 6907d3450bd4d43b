// Targets with their comparators against results: kept to the right of the mark, missed to the left.

const PRO = { group: 0, series: 1, year: 2, period: 3, tsign: 4, target: 5, thigh: 6, rsign: 7, result: 8, rhigh: 9, outcome: 10, gap: 11, tolerance: 12, direction: 13, trefs: 14, rrefs: 15 };
const OUTCOME_TONES = { met: "met", missed: "missed", undecided: "undecided", revised: "undecided", not_reported: "silent", not_found: "silent2", no_next_report: "silent3" };

function promises(place, d) {
  if (!d.rows.length) return;
  place.append(el("h3", {}, both("各地承诺的下落", "What became of the promises of each place")), outcomeBars(d));
  const decided = d.rows.filter((r) => r[PRO.result] !== null && r[PRO.target] !== null && ["met", "missed", "undecided"].includes(r[PRO.outcome]));
  if (decided.length) {
    const kinds = [["growth", "增速（%）", "growth (%)"], ["ratio", "比率（%）", "ratios (%)"], ["amount", "数额（完成率）", "amounts (share of target)"]].filter(([k]) => decided.some((r) => kindOf(d, r) === k));
    const state = { kind: kinds[0][0], group: "", outcome: "" };
    const box = el("div", {});
    const draw = () => box.replaceChildren(promiseDots(d, decided.filter((r) => kindOf(d, r) === state.kind && (!state.group || r[PRO.group] === Number(state.group)) && (!state.outcome || r[PRO.outcome] === state.outcome)), state.kind));
    const groups = [...new Set(decided.map((r) => r[PRO.group]))];
    place.append(el("h3", {}, both("目标与结果", "Targets and results")), el("div", { class: "tools" },
      select("指标类别", "Kind", kinds, (v) => { state.kind = v; draw(); }),
      select("地方", "Place", [["", "全部", "all"], ...groups.map((g) => [String(g), store.groups[g]])], (v) => { state.group = v; draw(); }),
      select("结果", "Outcome", [["", "全部", "all"], ...["met", "missed", "undecided"].map((o) => [o, ...NAMES.outcome[o]])], (v) => { state.outcome = v; draw(); })),
      legend(["dot target", "目标（箭头指向算作兑现的一侧）", "target (the arrow points to where it is kept)"], ["dot met", "兑现", "met"], ["dot missed", "未达", "missed"], ["dot undecided", "难以判定", "undecided"]), box);
    draw();
  }
  place.append(tableBelow(promiseTable(d)));
}

const kindOf = (d, r) => (d.series[r[PRO.series]][2] !== "%" ? "amount" : d.series[r[PRO.series]][1] === "growth" ? "growth" : "ratio");

function outcomeBars(d) {
  const order = Object.keys(OUTCOME_TONES);
  const groups = new Map();
  for (const [group, outcome, n, refs] of d.counts) {
    if (!groups.has(group)) groups.set(group, Object.fromEntries(order.map((o) => [o, { n: 0, refs: [] }])));
    groups.get(group)[outcome] = { n, refs };
  }
  const weight = ([, by]) => by.met.n + by.missed.n;
  const total = ([, by]) => order.reduce((n, o) => n + by[o].n, 0);
  const items = [...groups].sort((a, b) => weight(b) - weight(a) || total(b) - total(a)).map(([g, by]) => ({
    label: data(store.groups[g]),
    note: both(`${zhNumber(total([g, by]))} 项`, `${total([g, by])}`),
    parts: order.map((o) => ({
      n: by[o].n, tone: OUTCOME_TONES[o],
      node: (part) => ref(by[o].refs, part > 0.05 ? String(by[o].n) : "", () => [data(store.groups[g]), " · ", named("outcome", o)], by[o].n, { title: `${namedIn("outcome", o, "zh")} ${namedIn("outcome", o, "en")}: ${by[o].n}` }),
    })),
  }));
  return el("div", {}, legend(...order.filter((o) => o !== "revised").map((o) => [OUTCOME_TONES[o], ...(o === "undecided" ? ["难以判定或已调整", "undecided or revised"] : NAMES.outcome[o])])), stacked(items, { first: 15 }));
}

function promiseDots(d, rows, kind) {
  if (!rows.length) return el("p", { class: "quiet" }, both("没有这样的承诺。", "No such promises."));
  const scaled = (v, r) => (kind === "amount" ? (r[PRO.target] ? (100 * v) / r[PRO.target] : null) : v);
  const usable = rows.filter((r) => scaled(r[PRO.result], r) !== null);
  const values = usable.flatMap((r) => [scaled(r[PRO.target], r), scaled(r[PRO.result], r)]).sort((a, b) => a - b);
  let [low, high] = [quantile(values, 0.03), quantile(values, 0.97)];
  if (kind === "amount") [low, high] = [0, Math.min(200, Math.max(120, high))];
  const pad = (high - low || 1) * 0.06;
  [low, high] = [kind === "amount" ? 0 : low - pad, high + pad];
  const at = (v) => `${Math.max(0, Math.min(100, (100 * (v - low)) / (high - low)))}%`;
  const outside = (v) => (v < low ? "‹" : v > high ? "›" : "");
  const axis = () => el("div", { class: "dots axis", "aria-hidden": "true" }, el("span", { class: "bar-label" }), el("span", { class: "track" }, ticks(low, high, 7).map((t) => el("span", { class: "tick", style: { left: at(t) } }, el("span", {}, `${zhNumber(t)}%`)))), el("span", { class: "dots-text" }));
  const sorted = [...usable].sort((a, b) => a[PRO.series] - b[PRO.series] || a[PRO.year] - b[PRO.year] || a[PRO.group] - b[PRO.group]);
  sorted.sort((a, b) => collator.compare(d.series[a[PRO.series]][0], d.series[b[PRO.series]][0]));
  const line = (r) => {
    const unit = d.series[r[PRO.series]][2];
    const [t, v] = [scaled(r[PRO.target], r), scaled(r[PRO.result], r)];
    const side = { ">=": "up", ">": "up", "<=": "down", "<": "down" }[r[PRO.tsign]] || (r[PRO.tsign] === "=" ? r[PRO.direction] || "" : "");
    const name = () => [data(store.groups[r[PRO.group]]), ` ${r[PRO.period] || r[PRO.year]} `, seriesLabel(d.series[r[PRO.series]], false)];
    const say = (sign, value, high_, refs, zh, en) => ref(refs, figures(sign, value, high_, unit), () => [name(), " · ", both(zh, en)]);
    return el("div", { class: "dots" }, el("span", { class: "bar-label" }, name()),
      el("span", { class: "track", "aria-hidden": "true" },
        ticks(low, high, 7).map((x) => el("i", { class: "rule", style: { left: at(x) } })),
        el("i", { class: "stem " + r[PRO.outcome], style: { left: at(Math.min(t, v)), right: `calc(100% - ${at(Math.max(t, v))})` } }),
        r[PRO.thigh] !== null && kind !== "amount" ? el("i", { class: "span", style: { left: at(t), right: `calc(100% - ${at(r[PRO.thigh])})` } }) : null,
        el("i", { class: "goal " + side, style: { left: at(t) } }),
        el("i", { class: "mark " + r[PRO.outcome], style: { left: at(v) } }, outside(v))),
      el("span", { class: "dots-text" }, both("目标 ", "target "), say(r[PRO.tsign], r[PRO.target], r[PRO.thigh], r[PRO.trefs], "目标", "target"), both(" · 结果 ", " · result "), say(r[PRO.rsign], r[PRO.result], r[PRO.rhigh], r[PRO.rrefs], "结果", "result"), " ", el("span", { class: "tag " + r[PRO.outcome] }, named("outcome", r[PRO.outcome]))));
  };
  return el("div", { class: "dot-plot" }, axis(), growing(sorted, line, 25, 50));
}

function promiseTable(d) {
  const group = (r) => store.groups[r[PRO.group]];
  const unit = (r) => d.series[r[PRO.series]][2];
  // two rates differ by points, not by per cent
  const gapText = (r, write) => (r[PRO.gap] === null ? "—" : write(r[PRO.gap]) + (unit(r) === "%" ? (write === zhNumber ? "个百分点" : " points") : unit(r)));
  const shown = (zh, en, sign, value, high) => [{ zh: `${zh}上限`, en: `${en}, upper`, value: (r) => r[high] }, signed(`所示${zh}`, `${en} as shown`, (r, write) => (r[value] === null ? null : figure(r[sign], r[value], r[high], unit(r), write)))];
  const cell = (sign, value, high, refs, zh, en) => (r) => (r[value] === null ? "—" : ref(r[refs], figures(r[sign], r[value], r[high], unit(r)), () => [data(group(r)), " · ", seriesLabel(d.series[r[PRO.series]]), " · ", both(zh, en)]));
  return {
    id: "promise-rows", name: "promises", rows: d.rows,
    trace: [{ zh: "目标·", en: "target_", refs: (r) => r[PRO.trefs] }, { zh: "结果·", en: "result_", refs: (r) => r[PRO.rrefs] }],
    columns: [
      { zh: "地方", en: "Place", value: group },
      { zh: "指标", en: "Indicator", value: (r) => d.series[r[PRO.series]][0] },
      { zh: "指标形式", en: "Aspect", value: (r) => namedIn("aspect", d.series[r[PRO.series]][1], language.now), cell: (r) => el("span", {}, named("aspect", d.series[r[PRO.series]][1])) },
      termsColumn((r) => d.series[r[PRO.series]], () => "whole"),
      { zh: "年份", en: "Year", value: (r) => r[PRO.period] || r[PRO.year] },
      { zh: "目标", en: "Target", numeric: true, value: (r) => r[PRO.target], more: shown("目标", "Target", PRO.tsign, PRO.target, PRO.thigh), cell: cell(PRO.tsign, PRO.target, PRO.thigh, PRO.trefs, "目标", "target") },
      { zh: "结果", en: "Result", numeric: true, value: (r) => r[PRO.result], more: shown("结果", "Result", PRO.rsign, PRO.result, PRO.rhigh), cell: cell(PRO.rsign, PRO.result, PRO.rhigh, PRO.rrefs, "结果", "result") },
      { zh: "单位", en: "Unit", value: unit },
      { zh: "差额", en: "Gap", numeric: true, value: (r) => r[PRO.gap], more: [signed("所示差额", "Gap as shown", (r, write) => gapText(r, write))], cell: (r) => el("span", {}, both(gapText(r, zhNumber), gapText(r, enNumber))) },
      { zh: "兑现情况", en: "Outcome", value: (r) => namedIn("outcome", r[PRO.outcome], language.now), cell: (r) => el("span", { class: "tag " + r[PRO.outcome] }, named("outcome", r[PRO.outcome])) },
    ],
  };
}
