// From a number to its sentences, and from a sentence to the whole document.

const STOPS = new Set(["。", "！", "？", "；", "\n"]);
const REACH = 160;

function sentenceAround(segment, start, end) {
  let from = start - segment.start;
  let to = end - segment.start;
  const low = Math.max(0, from - REACH);
  const high = Math.min(segment.chars.length, to + REACH);
  while (from > low && !STOPS.has(segment.chars[from - 1])) from -= 1;
  while (to < high && !STOPS.has(segment.chars[to])) to += 1;
  if (to < segment.chars.length && segment.chars[to] !== "\n" && STOPS.has(segment.chars[to])) to += 1;
  return [from + segment.start, to + segment.start];
}

const segmentWith = (text, start, end) => text.segments.find((s) => s.start <= start && end <= s.start + s.chars.length);

// the characters from..to of a segment, with the place marked and every repair within shown
function marked(segment, repairs, from, to, places) {
  const here = repairs.filter((r) => r[0] <= to && r[1] >= from && (r[1] > from || r[0] === r[1]));
  const cuts = new Set([from, to]);
  for (const [a, b] of [...places, ...here]) for (const cut of [a, b]) if (cut > from && cut < to) cuts.add(cut);
  const order = [...cuts].sort((a, b) => a - b);
  const out = [];
  order.forEach((cut, i) => {
    const gaps = here.filter((r) => r[0] === cut && r[1] === cut);
    if (gaps.length) out.push(gapMark(gaps));
    if (i + 1 === order.length) return;
    const words = segment.chars.slice(cut - segment.start, order[i + 1] - segment.start).join("");
    const repair = here.find((r) => r[0] <= cut && r[1] >= order[i + 1] && r[0] < r[1]);
    let node = repair ? repairMark(repair, words) : document.createTextNode(words);
    if (places.some(([a, b]) => a <= cut && b >= order[i + 1])) node = el("mark", {}, node);
    out.push(node);
  });
  return out;
}

const repairTitle = ([, , kind, before, after]) => `${NAMES.damage[kind] || kind}：${before || "∅"} → ${after || "∅"}`;
const repairMark = (repair, words) => el("ins", { class: "repair", title: repairTitle(repair) }, words);
// where characters were taken out; a hundred lost spaces in one place are one mark
const gapMark = (gaps) => el("ins", { class: "repair gap", title: gaps.slice(0, 5).map(repairTitle).join("\n") }, gaps.length > 1 ? `▴${gaps.length}` : "▴");

const repairsWithin = (text, from, to) => text.repairs.filter((r) => r[0] < to && r[1] >= from && (r[0] < r[1] ? r[1] > from : true));

function repairList(repairs) {
  if (!repairs.length) return null;
  const visible = (s) => (s === "" ? "∅" : s.replaceAll(" ", "␣").replaceAll("\n", "⏎"));
  return el("ul", { class: "repairs" }, repairs.slice(0, 12).map(([, , kind, before, after, confidence]) =>
    el("li", {}, both("修复：", "Repair: "), damageName(kind), " ", data(visible(before), { class: "before" }), " → ", data(visible(after)), confidence === null ? null : ` (${confidence})`)));
}

function documentLine(number) {
  const facts = [groupOf(number), docOf(number, "type"), docOf(number, "number"), docOf(number, "date") || docOf(number, "year")].filter(Boolean);
  return el("p", { class: "docline" }, el("strong", {}, data(titleOf(number))), " ", el("span", { class: "quiet" }, facts.map((f, i) => [i ? " · " : "", data(f)])));
}

async function placeCard(ref) {
  const place = placeOf(ref);
  const text = await textOf(place.doc);
  const segment = segmentWith(text, place.start, place.end);
  const card = el("article", { class: "place" }, documentLine(place.doc));
  if (!segment) return append(card, [el("p", {}, both("此处没有载入。", "Not carried in this report."))]);
  const [from, to] = sentenceAround(segment, place.start, place.end);
  card.append(el("blockquote", { dir: "ltr" }, marked(segment, text.repairs, from, to, [[place.start, place.end]])));
  append(card, [repairList(repairsWithin(text, from, to))]);
  card.append(el("button", { type: "button", class: "more", onclick: () => openDocument(place.doc, place) }, both("在文中查看", "See it in the document")));
  return card;
}

const viewer = () => document.getElementById("viewer");
let back = null;

function showViewer(title, ...content) {
  const box = viewer();
  const heading = el("h2", { id: "viewer-title", tabindex: "-1" }, title);
  const close = bilingual(el("button", { type: "button", class: "close", onclick: () => box.close() }, "×"), "aria-label", "关闭", "Close");
  box.replaceChildren(el("div", { class: "viewer-top" }, heading, close), el("div", { class: "viewer-body" }, ...content));
  if (!box.open) box.showModal();
  box.querySelector(".viewer-body").scrollTop = 0;
  heading.focus();
}

async function openPlaces(refs, title, total) {
  back = () => openPlaces(refs, title, total);
  const body = el("div", {});
  const cut = total !== undefined && total > refs.length;
  showViewer(title(), cut ? el("p", { class: "quiet" }, both(`共 ${total} 处，载入 ${refs.length} 处。`, `${refs.length} of ${total} are carried here.`)) : null, body);
  let shown = 0;
  const more = el("button", { type: "button", class: "more" });
  const grow = async () => {
    const part = refs.slice(shown, shown + 15);
    shown += part.length;
    more.hidden = true;
    for (const card of await Promise.all(part.map(placeCard))) body.append(card);
    more.hidden = shown >= refs.length;
    more.replaceChildren(...both(`再看（余 ${refs.length - shown}）`, `More (${refs.length - shown} left)`));
    body.append(more);
  };
  more.addEventListener("click", grow);
  await grow();
}

async function openDocument(number, place) {
  const text = await textOf(number);
  const facts = [documentLine(number)];
  const url = docOf(number, "url");
  if (url) facts.push(el("p", { class: "quiet" }, webLink(url, url)));
  facts.push(el("p", { class: "quiet" }, el("span", { class: "nowrap" }, both("来源：", "Source: ")), data(docOf(number, "source"))));
  if (docOf(number, "error")) facts.push(el("p", { class: "note" }, data(docOf(number, "error"))));
  if (text.repairs.length) facts.push(el("p", { class: "quiet" }, el("ins", { class: "repair" }, both("下划线", "underlined")), both(` 是修复过的字，共 ${text.repairs.length} 处；▴ 处删去了多余的字。`, `: repaired characters, ${text.repairs.length} places; at ▴ something was taken out.`)));
  const whole = el("div", { class: "whole", dir: "ltr" });
  let end = 0;
  for (const segment of text.segments) {
    if (segment.start > end) whole.append(el("p", { class: "quiet" }, both("……（此处未载入）……", "… (not carried here) …")));
    end = segment.start + segment.chars.length;
    const within = place && place.start >= segment.start && place.end <= end;
    whole.append(el("div", {}, marked(segment, text.repairs, segment.start, end, within ? [[place.start, place.end]] : [])));
  }
  if (!text.segments.length) whole.append(el("p", { class: "quiet" }, both("没有正文。", "No text.")));
  const again = place && back;
  showViewer(both("文件", "Document"), again ? el("button", { type: "button", class: "more", onclick: again }, both("← 回到句子", "← Back to the sentences")) : null, facts, whole);
  const mark = whole.querySelector("mark");
  if (mark) mark.scrollIntoView({ block: "center" });
}

// a number that opens its sentences; without any place it is only a number
function ref(refs, label, title, total, properties) {
  if (!refs || !refs.length) return el("span", { ...properties, class: ("num " + ((properties && properties.class) || "")).trim() }, label);
  return el("button", { type: "button", ...properties, class: ("num ref " + ((properties && properties.class) || "")).trim(), onclick: () => openPlaces(refs, title, total) }, label);
}
