// A table that sorts, filters, turns its pages and gives itself as CSV.
// columns: { zh, en, value(row) -> string | number | null, cell(row) -> node (else the value), numeric, nowrap, broad (room for words), more: columns of the CSV alone }
// trace: [{ zh, en, refs(row) }], the places a row comes from; in CSV each is a document, a row of a table, a place and its sentence

function makeTable({ id, columns, rows, trace = [], page = 25, name }) {
  const box = el("div", { class: "table", id });
  const state = { sort: null, down: false, words: "", facet: null, at: 0 };
  const texts = new Map();
  const textOfRow = (row) => {
    if (!texts.has(row)) texts.set(row, columns.map((c) => c.value(row)).join("\u0001").toLowerCase());
    return texts.get(row);
  };
  const filter = bilingual(bilingual(el("input", { type: "search", class: "filter" }), "placeholder", "筛选：输入任意文字", "Filter: any words"), "aria-label", "筛选", "Filter");
  const facet = el("button", { type: "button", class: "facet", hidden: true });
  const counted = el("span", { class: "quiet counted", role: "status" });
  const csv = el("button", { type: "button", class: "more" }, both("下载 CSV", "Download CSV"));
  const body = el("tbody", {});
  const heads = columns.map((c, i) =>
    el("th", { scope: "col", class: c.numeric ? "right" : null }, el("button", { type: "button", class: "sort", onclick: () => sortBy(i) }, both(c.zh, c.en))));
  const pager = el("div", { class: "pager" });

  function visible() {
    const words = state.words.toLowerCase().split(/\s+/).filter(Boolean);
    let some = rows.filter((row) => (!state.facet || state.facet.test(row)) && words.every((w) => textOfRow(row).includes(w)));
    if (state.sort !== null) {
      const value = columns[state.sort].value;
      const missing = (v) => v === null || v === undefined || v === "";
      some = some.map((row) => [value(row), row]).sort(([a], [b]) => {
        if (missing(a) || missing(b)) return missing(a) - missing(b);
        const order = typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
        return state.down ? -order : order;
      }).map(([, row]) => row);
    }
    return some;
  }
  function draw() {
    const some = visible();
    const last = Math.max(0, Math.ceil(some.length / page) - 1);
    state.at = Math.min(state.at, last);
    body.replaceChildren(...some.slice(state.at * page, (state.at + 1) * page).map((row) =>
      el("tr", {}, columns.map((c) => el("td", { class: c.numeric ? "right" : c.nowrap ? "nowrap" : c.broad ? "broad" : null }, c.cell ? c.cell(row) : data(c.value(row) === null || c.value(row) === undefined ? "" : c.value(row)))))));
    heads.forEach((th, i) => th.setAttribute("aria-sort", state.sort !== i ? "none" : state.down ? "descending" : "ascending"));
    counted.replaceChildren(...both(`${some.length.toLocaleString("en-US")} / ${rows.length.toLocaleString("en-US")} 行`, `${some.length.toLocaleString("en-US")} of ${rows.length.toLocaleString("en-US")} rows`));
    const turn = (by, label, zh, en) => bilingual(el("button", { type: "button", disabled: state.at + by < 0 || state.at + by > last, onclick: () => { state.at += by; draw(); } }, label), "aria-label", zh, en);
    pager.replaceChildren(turn(-1, "‹", "上一页", "Previous page"), el("span", {}, `${state.at + 1} / ${last + 1}`), turn(1, "›", "下一页", "Next page"));
    pager.hidden = last === 0;
    facet.hidden = !state.facet;
    if (state.facet) facet.replaceChildren(...state.facet.label(), " ×");
  }
  function sortBy(i) {
    if (state.sort === i) state.down = !state.down;
    else Object.assign(state, { sort: i, down: Boolean(columns[i].numeric) });
    state.at = 0;
    draw();
  }
  filter.addEventListener("input", () => { state.words = filter.value; state.at = 0; draw(); });
  facet.addEventListener("click", () => { state.facet = null; state.at = 0; draw(); });
  csv.addEventListener("click", () => csvOf(columns, trace, visible()).then((text) => saveCsv(text, name || id)));
  box.append(el("div", { class: "tools" }, filter, facet, counted, csv), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name || id }, el("table", {}, el("thead", {}, el("tr", {}, heads)), body)), pager);
  draw();
  return { box, setFacet(label, test) { state.facet = { label, test }; state.at = 0; draw(); } };
}

// a spreadsheet must not take a cell for a formula: text that begins like one gets an apostrophe, numbers stay numbers, also −3.1% and −2亿元
const FIGURE = /^-[\d,.]+[%\u4e00-\u9fff]*$/;
function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = !FIGURE.test(value) && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? "'" + value : String(value);
  return /[",\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}
const csvLine = (cells) => cells.map(csvCell).join(",");
const said = (column) => (language.now === "zh" ? column.zh : column.en);

// the first place of a row with its sentence, and the rows of all places that are carried
const TRACED = [["文件编号", "doc_id"], ["行编号", "row_id"], ["起", "start"], ["止", "end"], ["句子", "sentence"], ["全部行编号", "row_ids"]];
async function traceOf(refs) {
  if (!refs.length) return TRACED.map(() => null);
  const place = placeOf(refs[0]);
  const text = await textOf(place.doc);
  const segment = segmentWith(text, place.start, place.end);
  const [from, to] = segment ? sentenceAround(segment, place.start, place.end) : [0, 0];
  const sentence = segment ? segment.chars.slice(from - segment.start, to - segment.start).join("").trim() : "";
  const ids = [...new Set(refs.map(rowOf).filter(Boolean))];
  return [docOf(place.doc, "id"), rowOf(refs[0]), place.start, place.end, sentence, ids.join(" ")];
}

async function csvOf(columns, trace, rows) {
  const shown = columns.flatMap((c) => [c, ...(c.more || [])]);
  const heads = [...shown.map(said), ...trace.flatMap((t) => TRACED.map((names) => said(t) + names[language.now === "zh" ? 0 : 1]))];
  const lines = [csvLine(heads)];
  for (const row of rows) {
    const places = await Promise.all(trace.map((t) => traceOf(t.refs(row) || [])));
    lines.push(csvLine([...shown.map((c) => c.value(row)), ...places.flat()]));
  }
  return "\ufeff" + lines.join("\r\n") + "\r\n";
}

function saveCsv(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = el("a", { download: `${name}.csv` });
  link.href = address; // an address this page has just made
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// a table that is made when it is first opened
function tableBelow(options) {
  const details = el("details", { class: "below" }, el("summary", {}, both("全部数据：排序、筛选、下载", "All rows: sort, filter, download"), el("span", { class: "quiet" }, ` ${options.rows.length.toLocaleString("en-US")}`)));
  details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) details.append(makeTable(options).box); });
  return details;
}
