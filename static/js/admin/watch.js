// Staff only. Shows what became of a test message, every few seconds while one is on its way.
// Loaded by templates/admin/setup/setup.html; without it there is a link that does the same.
(() => {
  "use strict";
  const SECONDS = 3;
  const TRIES = 20;
  let tries = 0;
  const timer = setInterval(async () => {
    const list = document.querySelector("[data-waits]");
    if (!list || ++tries > TRIES) return clearInterval(timer);
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".setup__log");
    if (fresh) list.replaceWith(fresh);
  }, SECONDS * 1000);
})();
