// Staff only. Tells that this message is still open here, and shows who else has it open.
// Loaded by templates/admin/intake/message.html; without it the page says who had it open when it was made.
(() => {
  "use strict";
  const SECONDS = 60;
  const url = document.currentScript.dataset.url;
  const box = document.getElementById("case-others");
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (!box || !token) return;

  async function renew() {
    if (document.hidden) return;
    const options = { method: "POST", headers: { "X-CSRFToken": token.value }, cache: "no-store" };
    const answer = await fetch(url, options).catch(() => null);
    if (answer && answer.ok && !answer.redirected) show((await answer.json()).others);
  }

  function show(names) {
    box.hidden = names.length === 0;
    if (names.length === 0) return box.replaceChildren();
    const strong = document.createElement("strong");
    strong.textContent = names.join(", ");
    return box.replaceChildren(strong, box.dataset.text);
  }

  setInterval(renew, SECONDS * 1000);
})();
