/* The review screen: keeps a note or comment that was typed and not sent in this browser, until it is sent. Signing off
   may be refused, or ask for a code first, and the text has to be here afterward. keep.js forgets it after 30 days. */
(function () {
  const screen = document.querySelector("[data-keeps-review]");
  const key = `vtc-draft:${screen.dataset.person}:review-${screen.dataset.page}:fields`;
  const fields = [...screen.querySelectorAll("textarea, input[type=text]")];

  function keep(without) {
    const typed = fields.filter((field) => field.form !== without && field.value !== field.defaultValue);
    if (!typed.length) return localStorage.removeItem(key);
    const kept = { at: Date.now(), fields: typed.map((field) => [field.id, field.value]) };
    localStorage.setItem(key, JSON.stringify(kept));
  }

  for (const [id, value] of JSON.parse(localStorage.getItem(key))?.fields || []) {
    const field = document.getElementById(id);
    if (field && !field.value) field.value = value;
  }
  for (const field of fields) field.addEventListener("input", () => keep());
  document.addEventListener("submit", (event) => keep(event.target));
})();
