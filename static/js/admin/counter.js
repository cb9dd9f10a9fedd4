/* Asks the server, while one types, for words, reading time, reading grade and what the publishing checks find;
   shows the first three (checks.js the rest), and makes the Copy buttons of preview links work. */
(function () {
  const PAUSE = 700; // milliseconds without typing
  let timer;
  let asked;

  const words = ({ words: count, minutes, score, verdict }) =>
    [
      count === 1 ? "1 word" : `${count} words`,
      `${minutes} min to read`,
      verdict ? `${score} – ${verdict}` : score,
    ].join(" · ");

  function show(counts) {
    const line = document.querySelector(".page-counter");
    line.hidden = false;
    line.classList.toggle("is-hard", Boolean(counts.page.verdict));
    document.getElementById("page-counter-text").textContent = words(counts.page);
    for (const [prefix, count] of Object.entries(counts.blocks)) {
      const block = document.getElementById(prefix);
      if (block) showBlock(block, count);
    }
    document.dispatchEvent(new CustomEvent("page-editor:measured", { detail: counts }));
  }

  function showBlock(block, count) {
    let line = block.querySelector(":scope > fieldset .block-counter");
    if (!line) {
      line = document.createElement("p");
      line.className = "block-counter";
      block.querySelector(":scope > fieldset").append(line);
    }
    line.textContent = words(count);
    line.classList.toggle("is-hard", Boolean(count.verdict));
  }

  async function count() {
    const form = document.getElementById("page_form");
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (typeof value !== "string") typed.delete(name);
    const { measureUrl, showsPage } = document.getElementById("page-editor").dataset;
    if (showsPage) typed.set("_shows_page", "1"); // live-preview.js
    if (asked) asked.abort();
    asked = new AbortController();
    const options = { method: "POST", body: typed, signal: asked.signal, redirect: "error" };
    try {
      const answer = await fetch(measureUrl, options);
      if (answer.ok) show(await answer.json());
    } catch {
      // no connection, or a newer question: the last count stays
    }
  }

  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(count, wait);
  };

  /* The page is being saved: a count would only keep the server from it. */
  function stop() {
    clearTimeout(timer);
    if (asked) asked.abort();
  }

  document.addEventListener("content-editor:ready", () => {
    const form = document.getElementById("page_form");
    if (!form || !form.elements.copy_id || !window.ContentEditor.allowChange) return;
    const opened = document.getElementById("page-counts");
    if (opened) show(JSON.parse(opened.textContent));
    if (!opened || document.getElementById("page-editor").dataset.showsPage) soon(PAUSE);
    form.addEventListener("submit", ({ submitter }) => submitter?.formTarget || stop());
    for (const type of ["input", "change"]) form.addEventListener(type, () => soon(PAUSE));
    document.addEventListener("page-editor:changed", () => soon(PAUSE));
  });

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-copies]")) {
      button.hidden = !navigator.clipboard;
      button.addEventListener("click", async () => {
        const field = document.getElementById(button.dataset.copies);
        try {
          await navigator.clipboard.writeText(field.value);
          button.textContent = "Copied";
        } catch {  // the browser does not allow it
          field.select();
          button.textContent = "Selected. Copy it now.";
        }
      });
    }
  });
})();
