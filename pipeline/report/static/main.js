// One section after the other, so that the first can be read while the last is drawn.

const CHARTS = { overview, indicators, promises, slogans, instruments, similarity, reuse, keyness, topics, pmc };

async function main() {
  document.getElementById("language").addEventListener("click", () => speak(language.now === "zh" ? "en" : "zh"));
  const box = viewer();
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  if (typeof DecompressionStream === "undefined") return trouble("浏览器太旧，请用 2023 年以后的版本打开。", "This browser is too old; please use one of 2023 or later.");
  await openStore();
  for (const place of document.querySelectorAll("[data-chart]")) {
    CHARTS[place.dataset.chart](place, store.charts[place.dataset.chart]);
    await new Promise((resolve) => setTimeout(resolve));
  }
  document.documentElement.dataset.ready = "yes";
}

function trouble(zh, en) {
  const line = document.getElementById("trouble");
  line.hidden = false;
  line.replaceChildren(...both(zh, en));
}

main().catch((error) => { trouble("图表未能画出：" + error.message, "The charts could not be drawn: " + error.message); throw error; });
