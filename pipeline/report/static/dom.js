// Elements made of text nodes and attributes: no string ever becomes HTML.

const SVG = "http://www.w3.org/2000/svg";

function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

function assign(node, properties) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "onclick") node.addEventListener("click", value);
    else if (name === "style") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else if (/^(on|href$|src|action|formaction|xlink)/i.test(name)) throw new Error("not an attribute for data: " + name);
    else node.setAttribute(name, value === true ? "" : value);
  }
  return node;
}

const el = (tag, properties, ...children) => append(assign(document.createElement(tag), properties), children);
const sv = (tag, properties, ...children) => append(assign(document.createElementNS(SVG, tag), properties), children);

// both languages stand in the page, the style sheet shows one
const both = (zh, en) => [el("span", { class: "zh", lang: "zh" }, zh), el("span", { class: "en", lang: "en" }, en)];

// words of a document: isolated, so that their direction cannot reach the words around them, and cut where a label has no end
const LONGEST = 240;
function data(text, properties) {
  const words = String(text);
  return el("bdi", properties, words.length > LONGEST ? words.slice(0, LONGEST) + "…" : words);
}

// attributes and options hold one language at a time and are set again when it changes
const language = { now: "zh", told: [] };
function bilingual(node, name, zh, en) {
  const set = () => {
    const text = language.now === "zh" ? zh : en;
    if (name === "text") node.textContent = text;
    else node.setAttribute(name, text);
  };
  language.told.push(set);
  set();
  return node;
}
function speak(now) {
  language.now = now;
  document.documentElement.dataset.lang = now;
  document.documentElement.lang = now === "zh" ? "zh-Hans" : "en";
  document.title = now === "zh" ? "政策文本比较报告" : "Policy texts compared";
  const button = document.getElementById("language");
  button.textContent = now === "zh" ? "English" : "中文";
  button.lang = now === "zh" ? "en" : "zh";
  language.told.forEach((set) => set());
}

// only what Python found to be http(s) gets here, and it is looked at again
function webLink(address, text) {
  if (!/^https?:\/\/[^\s]+$/i.test(address)) return data(text);
  const link = el("a", { rel: "noopener noreferrer nofollow", target: "_blank" }, data(text));
  link.setAttribute("href", address);
  return link;
}

// a choice: options are [value, zh, en]; the words of a document are the same in both languages
function select(zh, en, options, onchange) {
  const list = el("select", {});
  for (const [value, ozh, oen] of options) list.append(bilingual(el("option", { value }), "text", ozh, oen === undefined ? ozh : oen));
  list.addEventListener("change", () => onchange(list.value));
  return el("label", { class: "choice" }, el("span", {}, both(zh, en)), list);
}

// a list that shows its first part and grows on request
function growing(items, draw, first, step, kind = "") {
  const box = el("div", { class: "growing" });
  const list = el("div", { class: kind });
  const more = el("button", { type: "button", class: "more" });
  let shown = 0;
  const grow = (n) => {
    items.slice(shown, shown + n).forEach((item, i) => list.append(draw(item, shown + i)));
    shown = Math.min(items.length, shown + n);
    more.hidden = shown >= items.length;
    more.replaceChildren(...both(`再看 ${Math.min(step, items.length - shown)} 条（共 ${items.length}）`, `${Math.min(step, items.length - shown)} more of ${items.length}`));
  };
  more.addEventListener("click", () => grow(step));
  box.append(list, more);
  grow(first);
  return box;
}

const legend = (...items) =>
  el("p", { class: "legend" }, items.map(([mark, zh, en]) => el("span", { class: "key" }, el("i", { class: "swatch " + mark, "aria-hidden": "true" }), both(zh, en))));
