// Words a place uses more, and less, than the others.

const KEY = { group: 0, word: 1, here: 2, elsewhere: 3, per: 4, other: 5, g2: 6, ratio: 7, p: 8, refs: 9 };

function keyness(place, d) {
  if (!d.rows.length) return;
  const groups = [...new Set(d.rows.map((r) => r[KEY.group]))];
  const box = el("div", { class: "columns" });
  const draw = (g) => {
    const rows = d.rows.filter((r) => r[KEY.group] === Number(g)).sort((a, b) => b[KEY.g2] - a[KEY.g2]);
    box.replaceChildren(keyBars(rows.filter((r) => r[KEY.ratio] > 0), "多用的词", "Used more here", "s4"), keyBars(rows.filter((r) => r[KEY.ratio] < 0), "少用的词", "Used less here", "o4"));
  };
  place.append(el("div", { class: "tools" }, select("地方", "Place", groups.map((g) => [String(g), store.groups[g]]), draw)), box, tableBelow(keyTable(d)));
  draw(groups[0]);
}

function keyBars(rows, zh, en, tone) {
  const items = rows.map((r) => ({
    label: data(r[KEY.word]), n: r[KEY.g2], tone,
    number: el("span", {}, ref(r[KEY.refs], both(`${zhNumber(r[KEY.here])} 次`, `${r[KEY.here]}×`), () => [data(r[KEY.word]), " · ", data(store.groups[r[KEY.group]])], r[KEY.here]), " ", el("span", { class: "quiet small" }, both(`每万词 ${r[KEY.per]}，别处 ${r[KEY.other]}`, `${r[KEY.per]} per 10k, else ${r[KEY.other]}`))),
  }));
  return el("div", { class: "wide-number" }, el("h3", {}, both(zh, en), " ", el("span", { class: "quiet small" }, both("条长为对数似然 G²", "bar: log-likelihood G²"))), items.length ? bars(items, { first: 15 }) : el("p", { class: "quiet" }, both("没有显著的词。", "No significant words.")));
}

function keyTable(d) {
  return {
    id: "key-rows", name: "keyness", rows: d.rows, trace: [{ zh: "", en: "", refs: (r) => r[KEY.refs] }],
    columns: [
      { zh: "地方", en: "Place", value: (r) => store.groups[r[KEY.group]] },
      { zh: "词", en: "Word", value: (r) => r[KEY.word] },
      { zh: "本地次数", en: "Here", numeric: true, value: (r) => r[KEY.here], cell: (r) => ref(r[KEY.refs], count(r[KEY.here]), () => data(r[KEY.word]), r[KEY.here]) },
      { zh: "别处次数", en: "Elsewhere", numeric: true, value: (r) => r[KEY.elsewhere] },
      { zh: "每万词", en: "Per 10k", numeric: true, value: (r) => r[KEY.per] },
      { zh: "别处每万词", en: "Per 10k elsewhere", numeric: true, value: (r) => r[KEY.other] },
      { zh: "G²", en: "G²", numeric: true, value: (r) => r[KEY.g2] },
      { zh: "对数比", en: "Log ratio", numeric: true, value: (r) => r[KEY.ratio] },
      { zh: "校正后 p", en: "Adjusted p", numeric: true, value: (r) => r[KEY.p] },
    ],
  };
}
