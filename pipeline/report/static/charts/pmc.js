// The PMC index: ranking, and for one document its surface, its variables and every rule with its evidence.

const PMC = { doc: 0, index: 1, level: 2, rank: 3, concavity: 4, weakest: 5, strength: 6, refs: 7 };
const LEVELS = { 完美: "perfect", 优秀: "excellent", 可接受: "acceptable", 良好: "acceptable", 不良: "low", 较差: "low", 不适用: "not applicable" };

function pmc(place, d) {
  if (!d.rows.length) return;
  const one = el("div", { class: "card" });
  const draw = (doc) => one.replaceChildren(pmcDocument(d, Number(doc)));
  const options = d.rows.map((r) => [String(r[PMC.doc]), `${r[PMC.rank]}. ${longName(r[PMC.doc]).slice(0, 36)}`]);
  const list = select("文件", "Document", options, draw);
  const items = d.rows.map((r) => ({
    label: data(shortName(r[PMC.doc])), n: r[PMC.index], number: el("span", {}, ref(r[PMC.refs], r[PMC.index].toFixed(2), () => [both("政策力度的证据：", "Evidence of strength: "), data(titleOf(r[PMC.doc]))]), el("span", { class: "quiet small" }, " ", both(r[PMC.level], LEVELS[r[PMC.level]] || r[PMC.level]))),
    onclick: () => { list.querySelector("select").value = String(r[PMC.doc]); draw(r[PMC.doc]); },
  }));
  place.append(el("div", { class: "columns" }, el("div", {}, el("h3", {}, both("各文件的指数（点名字看曲面）", "Index of each document (click a name for its surface)")), bars(items, { first: 30 })), el("div", {}, el("div", { class: "tools" }, list), one)), tableBelow(pmcTable(d)));
  draw(d.rows[0][PMC.doc]);
}

function pmcDocument(d, doc) {
  const values = d.surface.filter((s) => s[0] === doc);
  const met = new Map(d.scores.filter((s) => s[0] === doc).map((s) => [s[1], s]));
  const variables = [...new Set(d.rules.map((r) => r[0]))];
  return el("div", {}, el("p", { class: "docline" }, el("strong", {}, data(titleOf(doc)))), values.length === 9 ? surface(values) : null,
    el("ul", { class: "rules" }, variables.map((v) => {
      const rules = d.rules.map((r, i) => [r, i]).filter(([r]) => r[0] === v);
      const n = rules.filter(([, i]) => met.has(i)).length;
      return el("li", {}, el("strong", {}, data(`${v} ${rules[0][0][1]}`)), ` ${n}/${rules.length} `, el("span", { class: "chips" }, rules.map(([rule, i]) => {
        const score = met.get(i);
        const why = () => [data(`${rule[1]}：${rule[3]}`), " · ", data(titleOf(doc))];
        return score ? ref(score[3], ["✓ ", data(rule[3])], why, score[2], { class: "chip yes" }) : el("span", { class: "chip no" }, "– ", data(rule[3]));
      })));
    })));
}

// nine values as heights over a 3 × 3 grid, seen from the corner
function surface(values) {
  const height = (r, c) => (values.find((v) => v[1] === r && v[2] === c) || [])[4] || 0;
  const point = (r, c, z) => [210 + (c - r) * 92, 150 + (c + r - 4) * 38 - z * 105 + 60];
  const quads = [];
  for (const [r, c] of [[1, 1], [1, 2], [2, 1], [2, 2]]) {
    const corners = [[r, c], [r, c + 1], [r + 1, c + 1], [r + 1, c]];
    const mean = corners.reduce((sum, [i, j]) => sum + height(i, j), 0) / 4;
    quads.push(sv("polygon", { points: corners.map(([i, j]) => point(i, j, height(i, j)).join(",")).join(" "), class: "face q" + step7(mean) }));
  }
  const floor = sv("polygon", { points: [[1, 1], [1, 3], [3, 3], [3, 1]].map(([i, j]) => point(i, j, 0).join(",")).join(" "), class: "floor" });
  const posts = values.map(([, r, c, name, z]) => {
    const [x, y] = point(r, c, z);
    const [fx, fy] = point(r, c, 0);
    return [sv("line", { x1: x, y1: y, x2: fx, y2: fy, class: "post" }), sv("circle", { cx: x, cy: y, r: 3.5, class: "peak" }), sv("text", { x, y: r + c > 4 ? y + 17 : y - 8, class: "peak-name", "text-anchor": "middle" }, `${name} ${rounded(z, 2)}`)];
  });
  return sv("svg", { viewBox: "-10 -10 440 320", class: "surface", role: "img", "aria-label": values.map((v) => `${v[3]} ${v[4]}`).join("，") }, floor, quads, posts);
}

function pmcTable(d) {
  return {
    id: "pmc-rows", name: "pmc", rows: d.rows, trace: [{ zh: "", en: "", refs: (r) => r[PMC.refs] }],
    columns: [
      { zh: "名次", en: "Rank", numeric: true, value: (r) => r[PMC.rank] },
      { zh: "文件", en: "Document", value: (r) => longName(r[PMC.doc]), more: [{ zh: "所评文件编号", en: "scored_doc_id", value: (r) => docOf(r[PMC.doc], "id") }], cell: (r) => el("button", { type: "button", class: "num ref left", onclick: () => { back = null; openDocument(r[PMC.doc], null); } }, data(longName(r[PMC.doc]))) },
      { zh: "PMC 指数", en: "PMC index", numeric: true, value: (r) => r[PMC.index] },
      { zh: "等级", en: "Level", value: (r) => r[PMC.level] },
      { zh: "凹陷指数", en: "Concavity", numeric: true, value: (r) => r[PMC.concavity] },
      { zh: "最弱变量", en: "Weakest", value: (r) => r[PMC.weakest] },
      { zh: "政策力度", en: "Strength", numeric: true, value: (r) => r[PMC.strength] },
    ],
  };
}
