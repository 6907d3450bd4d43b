// Topics with their words, and where each is talked about.

const TOP = { model: 0, topic: 1, words: 2, share: 3, npmi: 4, refs: 5 };
const FEW = 30;  // passages
const SHA = { group: 0, model: 1, topic: 2, share: 3, n: 4, refs: 5 };

function topics(place, d) {
  if (!d.topics.length) return;
  const models = [...new Set(d.topics.map((t) => t[TOP.model]))];
  const box = el("div", {});
  const draw = (model) => {
    const some = d.topics.filter((t) => t[TOP.model] === model).sort((a, b) => b[TOP.share] - a[TOP.share]);
    const shares = new Map(d.shares.filter((s) => s[SHA.model] === model).map((s) => [`${s[SHA.group]} ${s[SHA.topic]}`, s]));
    const groups = [...new Set(d.shares.map((s) => s[SHA.group]))];
    const passages = new Map(d.shares.map((s) => [s[SHA.group], s[SHA.n]]));
    const steady = [...shares.values()].filter((s) => s[SHA.n] >= FEW);  // a page or two is all about one topic
    const top = Math.max(0.01, ...(steady.length ? steady : [...shares.values()]).map((s) => s[SHA.share]));
    const name = (t) => data(t[TOP.words].slice(0, 3).reduce((text, w) => (text && text.length + w.length > 12 ? text : text + (text ? "·" : "") + w), ""));
    box.replaceChildren(
      bars(some.map((t) => ({ label: data(t[TOP.words].slice(0, 6).join("、")), n: t[TOP.share], number: el("span", {}, ref(t[TOP.refs], share(t[TOP.share]), () => [both("主题：", "Topic: "), data(t[TOP.words].join("、"))]), el("span", { class: "quiet small" }, ` NPMI ${t[TOP.npmi]}`)) })), { first: 24 }),
      el("h3", {}, both("各地谈什么", "What each place talks about")),
      heatTable({
        className: "shares", rows: groups.map((g) => ({ g, label: () => [data(store.groups[g]), el("span", { class: "quiet small" }, both(` ${zhNumber(passages.get(g))}\u00a0段`, ` ${passages.get(g)}`))] })), columns: some.map((t) => ({ t, label: () => name(t) })),
        cell: ({ g }, { t }) => {
          const s = shares.get(`${g} ${t[TOP.topic]}`);
          return s ? { tone: "q" + step7(Math.sqrt(s[SHA.share] / top)), label: share(s[SHA.share]), refs: s[SHA.refs], title: `${store.groups[g]} ${t[TOP.words].slice(0, 5).join("、")}`, why: () => [data(store.groups[g]), " · ", name(t)] } : null;
        },
      }));
  };
  place.append(el("div", { class: "tools" }, select("模型", "Model", models.map((m) => [m, m.toUpperCase()]), draw)), el("div", { class: "topic-box" }, box), tableBelow({
    id: "topic-rows", name: "topic_shares", rows: d.shares, trace: [{ zh: "", en: "", refs: (r) => r[SHA.refs] }],
    columns: [
      { zh: "地方", en: "Place", value: (r) => store.groups[r[SHA.group]] },
      { zh: "模型", en: "Model", value: (r) => r[SHA.model] },
      { zh: "主题", en: "Topic", value: (r) => (d.topics.find((t) => t[TOP.model] === r[SHA.model] && t[TOP.topic] === r[SHA.topic]) || [, , []])[TOP.words].slice(0, 5).join("、") },
      { zh: "占比", en: "Share", numeric: true, value: (r) => r[SHA.share], cell: (r) => ref(r[SHA.refs], share(r[SHA.share]), () => data(store.groups[r[SHA.group]])) },
      { zh: "段落数", en: "Passages", numeric: true, value: (r) => r[SHA.n] },
    ],
  }));
  draw(models.includes("nmf") ? "nmf" : models[0]);
}
