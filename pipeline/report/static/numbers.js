// Numbers as readers of each language write them, and the names of what the tables say in English.

const rounded = (v, digits) => Number(v.toFixed(digits)).toLocaleString("en-US", { maximumFractionDigits: digits });

function zhNumber(v, digits = 2) {
  if (v === null || v === undefined) return "—";
  const size = Math.abs(v);
  if (size >= 1e12) return rounded(v / 1e12, digits) + "万亿";
  if (size >= 1e8) return rounded(v / 1e8, digits) + "亿";
  if (size >= 1e4) return rounded(v / 1e4, digits) + "万";
  return rounded(v, digits);
}
function enNumber(v, digits = 2) {
  if (v === null || v === undefined) return "—";
  const size = Math.abs(v);
  if (size >= 1e9) return rounded(v / 1e9, digits) + " bn";
  if (size >= 1e6) return rounded(v / 1e6, digits) + " m";
  return rounded(v, digits);
}
const SIGNS = { "=": "", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "约", range: "" };
function figure(sign, v, high, unit, write) {
  const mark = sign === "~" && write === enNumber ? "≈" : SIGNS[sign] || "";
  return mark + write(v) + (high === null || high === undefined ? "" : "–" + write(high)) + (unit || "");
}
// a figure of a table is its number in the first column; in CSV what the page shows (≥8%) stands beside it
const signed = (zh, en, show) => ({ zh, en, value: (row) => show(row, language.now === "zh" ? zhNumber : enNumber) });
const figures = (sign, v, high, unit) => both(figure(sign, v, high, unit, zhNumber), figure(sign, v, high, unit, enNumber));
const count = (v) => both(zhNumber(v), v.toLocaleString("en-US"));
const share = (v) => (v > 0 && v < 0.01 ? (v * 100).toFixed(1) : (v * 100).toFixed(0)) + "%";

const NAMES = {
  status: { ok: ["已读", "read"], duplicate: ["重复", "duplicate"], empty: ["空白", "empty"], failed: ["未读出", "failed"], "": ["未知", "unknown"] },
  said: { achieved: ["已完成", "achieved"], target: ["目标", "target"], requirement: ["要求", "requirement"], "": ["—", "—"] },
  aspect: { level: ["总量", "level"], growth: ["增速", "growth"], change: ["增减量", "change"], multiple: ["倍数", "multiple"], "": ["", ""] },
  outcome: {
    met: ["兑现", "met"], missed: ["未达", "missed"], undecided: ["难以判定", "undecided"], revised: ["已调整", "revised"],
    not_reported: ["未报告", "not reported"], not_found: ["未找到", "not found"], no_next_report: ["无后续报告", "no next report"],
  },
  scope: { part: ["局部（其中、乡镇、企业或项目）", "a part: township, firm, project"], upper: ["上级（全国、全省、全市）", "of a level above"], whole: ["", ""], "": ["", ""] },
  state: { reported: ["有数值", "figure read"], absent: ["未读到数值", "no figure read"], not_read: ["未读出", "not read"] },
  rows: { slogans: ["数字口号", "slogans"], quantities: ["数量指标", "quantities"], measures: ["政策举措", "measures"], citations: ["引用文件", "citations"], sections: ["层级标题", "headings"], repairs: ["修复", "repairs"] },
  instrument: { 供给型: ["供给型", "supply"], 环境型: ["环境型", "environment"], 需求型: ["需求型", "demand"], 未定: ["未定", "undecided"] },
  damage: {}, // kind -> its Chinese name, from the data
};
const named = (kind, key) => {
  const names = NAMES[kind][key];
  return names ? both(names[0], names[1]) : [data(key)];
};
const namedIn = (kind, key, now) => (NAMES[kind][key] ? NAMES[kind][key][now === "zh" ? 0 : 1] : key);
// what growth is counted from, where it is not the year before: 比2011年, 比“十二五”, 累计
const baseNames = (base) => (base === "" ? ["", ""] : /^\d{4}$/.test(base) ? [`比 ${base} 年`, `since ${base}`] : base === "累计" ? ["累计", "cumulative"] : base === "同口径" ? ["同口径", "under one concept"] : [`比“${base}”`, `since ${base}`]);
const damageName = (kind) => (NAMES.damage[kind] ? both(NAMES.damage[kind], kind.replaceAll("_", " ")) : [data(kind || "—")]);
const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
