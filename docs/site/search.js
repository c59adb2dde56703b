// Search in the manual: every word has to stand in a page; titles count more than text. Nothing is asked of a server.
(() => {
  const field = document.getElementById("search");
  const found = document.getElementById("found");
  const up = document.body.dataset.up;
  const pages = (window.OREBOOK_PAGES || []).map((page) => ({ ...page, low: `${page.title} ${page.heads} ${page.text}`.toLowerCase() }));

  function score(page, words) {
    let sum = 0;
    const title = page.title.toLowerCase();
    for (const word of words) {
      if (!page.low.includes(word)) return 0;
      sum += title.startsWith(word) ? 60 : title.includes(word) ? 30 : page.heads.toLowerCase().includes(word) ? 8 : 1;
    }
    return sum;
  }

  function around(page, word) {
    const at = page.text.toLowerCase().indexOf(word);
    return at < 0 ? page.text.slice(0, 120) : page.text.slice(Math.max(at - 50, 0), at + 90);
  }

  function show() {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    found.hidden = !words.length;
    if (!words.length) return;
    const hits = pages.map((page) => [score(page, words), page]).filter(([sum]) => sum)
      .sort((one, other) => other[0] - one[0]).slice(0, 20);
    const list = document.createElement("ol");
    for (const [, page] of hits) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = up + page.link;
      link.textContent = page.title;
      const words_ = document.createElement("small");
      words_.textContent = `… ${around(page, words[0])} …`;
      item.append(link, words_);
      list.append(item);
    }
    const nothing = document.createElement("p");
    nothing.textContent = "No page has all of these words.";
    found.replaceChildren(hits.length ? list : nothing);
  }

  field.addEventListener("input", show);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") { field.value = ""; show(); }
    if (event.key === "/" && !/input|textarea/i.test(document.activeElement.tagName)) { event.preventDefault(); field.focus(); }
  });
})();
