// Documents against documents in the order of their clustering, the tree beside it.

const SIM = { a: 0, b: 1, value: 2, words: 3, ga: 4, gb: 5, refs: 6 };
// few documents have room for the figure in their cell
const cellOf = (n) => (n <= 12 ? 44 : n <= 25 ? 28 : 17);

function similarity(place, d) {
  if (!d.order.length) return;
  const position = new Map(d.order.map((doc, i) => [doc, i]));
  const cells = new Map();
  for (const pair of d.pairs) {
    const [i, j] = [position.get(pair[SIM.a]), position.get(pair[SIM.b])];
    if (i === undefined || j === undefined) continue;
    cells.set(`${i} ${j}`, pair);
    cells.set(`${j} ${i}`, pair);
  }
  const values = [...cells.values()].map((p) => p[SIM.value]).sort((a, b) => a - b);
  const top = quantile(values, 0.98) || 1;
  const from = (step) => share(top * stepFrom(step));
  const n = d.order.length;
  const cell = cellOf(n);
  const said = el("p", { class: "quiet said", role: "status" }, both("指向或点击一格，看是哪两份文件、共用哪些词。", "Point at a cell, or click it, for the two documents and the words they share."));
  const rects = [];
  for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) {
    const pair = cells.get(`${i} ${j}`);
    rects.push(sv("rect", { x: j * cell, y: i * cell, width: cell - 1, height: cell - 1, class: i === j ? "self" : pair ? "q" + step7(pair[SIM.value] / top) : d.whole ? "q0" : "unknown", "data-i": i, "data-j": j }));
    const value = pair ? pair[SIM.value] : d.whole && i !== j ? 0 : null;
    if (value !== null && cell > 40) rects.push(sv("text", { x: (j + 0.5) * cell, y: (i + 0.5) * cell + 4, class: "in-cell on" + step7(value / top), "text-anchor": "middle" }, share(value)));
  }
  const depth = d.tree.length ? 130 : 0;
  const map = sv("svg", { width: n * cell + depth + 6, height: n * cell, class: "matrix", role: "img", "aria-label": "文本相似度热图，数据见下表 similarity of documents, rows in the table below" }, rects, depth ? dendrogram(d, n * cell + 6, depth, cell) : null);
  const pairAt = (target) => (target.dataset && target.dataset.i ? cells.get(`${target.dataset.i} ${target.dataset.j}`) : null);
  map.addEventListener("mouseover", (event) => {
    const pair = pairAt(event.target);
    if (pair) said.replaceChildren(data(shortName(pair[SIM.a])), " × ", data(shortName(pair[SIM.b])), `  ${share(pair[SIM.value])}  `, data(pair[SIM.words].join("、")));
  });
  map.addEventListener("click", (event) => { const pair = pairAt(event.target); if (pair) openPair(pair); });
  const names = el("div", { class: "matrix-names" + (cell > 40 ? " roomy" : ""), style: { "line-height": `${cell}px` } }, d.order.map((doc) => el("button", { type: "button", class: "plain", title: titleOf(doc), onclick: () => { back = null; openDocument(doc, null); } }, data(shortName(doc)))));
  place.append(legend(["q0", `不相似（${from(1)} 以下）`, `unlike (below ${from(1)})`], ["q3", `${from(3)} 起`, `from ${from(3)}`], ["q6", `相似（${from(6)} 以上）`, `alike (${from(6)} and more)`], ...(!d.whole && cells.size < n * (n - 1) ? [["unknown", "不在彼此最相似的文件之列，未列出", "not among each other's nearest, not listed"]] : [])), said,
    el("div", { class: "scroll matrix-box", tabindex: "0", role: "region", "aria-label": "similarity" }, names, map), tableBelow(pairTable(d)));
}

function openPair(pair) {
  if (pair[SIM.refs].length) openPlaces(pair[SIM.refs], () => [data(titleOf(pair[SIM.a])), " × ", data(titleOf(pair[SIM.b])), ` ${share(pair[SIM.value])} · `, both("共用词：", "shared words: "), data(pair[SIM.words].join("、"))]);
}

// merges as scipy numbers them: below n a row of the frame, from n on an earlier merge
function dendrogram(d, left, depth, cell) {
  const [merges, leaf] = d.tree;
  const n = leaf.length;
  const heights = merges.map((m) => m[2]);
  const base = Math.min(...heights) * 0.8;
  const top = Math.max(...heights) - base || 1;
  const nodes = new Map(leaf.map((position, i) => [i, { y: (position + 0.5) * cell, x: left }]));
  const lines = merges.map(([a, b, height], i) => {
    const [one, two] = [nodes.get(a), nodes.get(b)];
    if (!one || !two) return null;
    const x = left + (depth - 4) * ((height - base) / top);
    nodes.set(n + i, { x, y: (one.y + two.y) / 2 });
    return sv("path", { d: `M${one.x} ${one.y}H${x}V${two.y}H${two.x}`, class: "branch" });
  });
  return sv("g", {}, lines);
}

function pairTable(d) {
  return {
    id: "pair-rows", name: "similarity", rows: d.pairs, trace: [{ zh: "", en: "", refs: (r) => r[SIM.refs] }],
    columns: [
      { zh: "文件甲", en: "Document A", value: (r) => longName(r[SIM.a]), more: [{ zh: "文件甲编号", en: "doc_id_a", value: (r) => docOf(r[SIM.a], "id") }] },
      { zh: "文件乙", en: "Document B", value: (r) => longName(r[SIM.b]), more: [{ zh: "文件乙编号", en: "doc_id_b", value: (r) => docOf(r[SIM.b], "id") }] },
      { zh: "相似度", en: "Similarity", numeric: true, value: (r) => r[SIM.value], cell: (r) => ref(r[SIM.refs], share(r[SIM.value]), () => [data(titleOf(r[SIM.a])), " × ", data(titleOf(r[SIM.b]))]) },
      { zh: "共用词", en: "Shared words", value: (r) => r[SIM.words].join("、") },
    ],
  };
}
