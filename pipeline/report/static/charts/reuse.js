// Shared passages side by side, what is equal on both sides marked.

const REU = { a: 0, b: 1, ga: 2, gb: 3, n: 4, identity: 5, weight: 6, documents: 7, moved: 8, da: 9, db: 10, runs: 11 };

function reuse(place, d) {
  if (!d.rows.length) return;
  const across = d.rows.filter((r) => r[REU.ga] !== r[REU.gb]);
  const state = { across: across.length > 0 };
  const box = el("div", {});
  const draw = () => box.replaceChildren(growing(state.across ? across : d.rows, passage, 4, 8));
  place.append(el("div", { class: "tools" }, select("范围", "Which", [["across", `跨地（${across.length}）`, `across places (${across.length})`], ["all", `全部（${d.rows.length}）`, `all (${d.rows.length})`]].slice(across.length ? 0 : 1), (v) => { state.across = v === "across"; draw(); })),
    legend(["same", "两边相同的文字", "the same on both sides"]), box, tableBelow(reuseTable(d)));
  draw();
}

function passage(r) {
  const side = (number, group, date, start) => {
    const where = placeOf(number);
    const words = el("blockquote", { dir: "ltr" });
    textOf(where.doc).then((text) => {
      const segment = segmentWith(text, where.start, where.end);
      if (!segment) return;
      const same = r[REU.runs].filter((run) => run[2] > 1).map((run) => [where.start + run[start], where.start + run[start] + run[2]]);
      words.append(...marked(segment, text.repairs, where.start, where.end, same));
    });
    return el("div", {}, el("p", { class: "docline" }, el("strong", {}, data(store.groups[group])), " ", el("span", { class: "quiet" }, data(date || docOf(where.doc, "year") || ""), " "), el("button", { type: "button", class: "num ref left", onclick: () => { back = null; openDocument(where.doc, where); } }, data(titleOf(where.doc)))), words);
  };
  return el("article", { class: "card passage" }, el("p", { class: "quiet" }, both(`${r[REU.n]} 字，一致 ${share(r[REU.identity])}，见于 ${r[REU.documents] || 2} 份文件${r[REU.moved] ? "，位置有移动" : ""}`, `${r[REU.n]} characters, ${share(r[REU.identity])} equal, in ${r[REU.documents] || 2} documents${r[REU.moved] ? ", moved" : ""}`)),
    el("div", { class: "sides" }, side(r[REU.a], r[REU.ga], r[REU.da], 0), side(r[REU.b], r[REU.gb], r[REU.db], 1)));
}

function reuseTable(d) {
  const side = (column) => (r) => `${shortName(placeOf(r[column]).doc)}`;
  return {
    id: "reuse-rows", name: "reuse", rows: d.rows,
    trace: [{ zh: "甲·", en: "a_", refs: (r) => [r[REU.a]] }, { zh: "乙·", en: "b_", refs: (r) => [r[REU.b]] }],
    columns: [
      { zh: "甲", en: "A", value: side(REU.a) }, { zh: "乙", en: "B", value: side(REU.b) },
      { zh: "字数", en: "Characters", numeric: true, value: (r) => r[REU.n], cell: (r) => ref([r[REU.a], r[REU.b]], count(r[REU.n]), () => both("共享的段落", "Shared passage")) },
      { zh: "一致度", en: "Identity", numeric: true, value: (r) => r[REU.identity], cell: (r) => share(r[REU.identity]) },
      { zh: "去套话权重", en: "Weight", numeric: true, value: (r) => r[REU.weight] },
      { zh: "文件数", en: "Documents", numeric: true, value: (r) => r[REU.documents] },
    ],
  };
}
