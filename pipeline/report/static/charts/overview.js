// Counts as tiles and bars; a bar filters the table of documents below.

function overview(place, d) {
  const tile = (n, zh, en) => el("div", { class: "tile" }, el("dt", {}, both(zh, en)), el("dd", {}, count(n)));
  place.append(el("dl", { class: "tiles" }, tile(d.n_documents, "文件", "documents"), tile(d.n_chars, "字", "characters"),
    Object.entries(d.rows).map(([name, n]) => tile(n, ...NAMES.rows[name]))));

  const table = documentTable();
  const card = (zh, en, pairs, label, test, tone, first = 10) => {
    if (!pairs.length) return null;
    const items = pairs.map(([key, n]) => ({
      label: label(key), n, number: count(n), tone,
      onclick: () => { table.setFacet(() => label(key), test(key)); table.box.scrollIntoView({ block: "start" }); },
    }));
    return el("div", { class: "card" }, el("h3", {}, both(zh, en)), bars(items, { first }));
  };
  const unknown = () => both("未知", "unknown");
  const is = (column) => (key) => (row) => String(docOf(row, column) === null ? "" : docOf(row, column)) === key;
  place.append(el("div", { class: "cards" },
    card("各地文件数", "Documents by place", d.by_group, (k) => (k ? data(k) : unknown()), (key) => (row) => groupOf(row) === key),
    card("文种", "Kind of document", d.by_type, (k) => (k ? data(k) : unknown()), is("type")),
    card("年份", "Year", d.by_year, (k) => (k ? data(k) : unknown()), is("year"), "s4", 20),
    card("读取情况", "Reading", d.by_status, (k) => named("status", k), is("status")),
    card("遇到并修复的损坏", "Damage met and repaired", d.by_damage, damageName, (key) => (row) => docOf(row, "status") === "ok" && docOf(row, "damage").includes(key), "o4")));
  place.append(el("h3", {}, both("文件清单", "Documents")), table.box);
}

function documentTable() {
  const column = (zh, en, name, extra) => ({ zh, en, value: (row) => docOf(row, name), ...extra });
  return makeTable({
    id: "documents", name: "documents", rows: store.docs.map((_, i) => i), page: 15,
    columns: [
      { zh: "标题", en: "Title", value: titleOf, more: [{ zh: "文件编号", en: "doc_id", value: (row) => docOf(row, "id") }, { zh: "来源", en: "Source", value: (row) => docOf(row, "source") }], cell: (row) => el("button", { type: "button", class: "num ref left", onclick: () => { back = null; openDocument(row, null); } }, data(titleOf(row))) },
      { zh: "地方", en: "Place", value: groupOf, nowrap: true },
      column("年份", "Year", "year", { numeric: true }),
      column("文种", "Kind", "type", { nowrap: true }), column("发布日期", "Date", "date", { nowrap: true }),
      { zh: "状态", en: "Status", value: (row) => namedIn("status", docOf(row, "status"), language.now), cell: (row) => el("span", {}, named("status", docOf(row, "status"))) },
      column("字数", "Characters", "chars", { numeric: true, cell: (row) => count(docOf(row, "chars")) }),
      column("修复处数", "Repairs", "repairs", { numeric: true, cell: (row) => count(docOf(row, "repairs")) }),
      { zh: "损坏", en: "Damage", broad: true, value: (row) => docOf(row, "damage").join(" "), cell: (row) => el("span", { class: "small" }, docOf(row, "damage").map((k, i) => [i ? both("、", ", ") : "", damageName(k)])) },
    ],
  });
}
