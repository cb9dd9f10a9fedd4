// The message form: sends it while it stays on the screen, shows first what went wrong, and leaves nothing
// behind on a shared phone. Everything works without it. Loaded by intake/send_message.html.
(() => {
  const MAX_WAIT = 30000; // milliseconds; the site itself answers within 8 seconds
  const WHOLE = [422, 503]; // statuses with which the site shows again all that was typed; else it may be cut
  const TOO_LONG = 413; // from the site or from a proxy
  const openedAt = Date.now();
  const theForm = () => document.getElementById("message-form");
  let isSending = false;
  let isSent = false;
  let isSwitching = false; // to the other language: the browser takes the form there by itself

  // What the address answered stands in the form now; the history needs no word of why somebody came.
  if (location.search) history.replaceState(null, "", location.pathname);

  const summary = document.querySelector(".error-summary:not([hidden])");
  if (summary) summary.focus();

  document.addEventListener("click", (event) => {
    isSwitching = event.target.name === "switch_language";
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form !== theForm() || isSwitching) return;
    const stopwatch = form.elements.seconds_taken; // not there when the page asked to send again
    if (stopwatch) stopwatch.value = Math.round((Date.now() - openedAt) / 1000);
    if (!window.fetch || !window.AbortController || !window.URLSearchParams) return;
    event.preventDefault();
    if (!isSending) send(form);
  });

  // A page that the browser leaves for an answer that never arrives would take the text with it.
  async function send(form) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), MAX_WAIT);
    const status = document.getElementById("message-sending");
    isSending = true;
    status.textContent = status.dataset.words;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body, signal: patience.signal });
      if (answer.redirected && new URL(answer.url).pathname === form.dataset.sent) leaveFor(answer.url, form);
      else if (WHOLE.includes(answer.status)) show(await answer.text());
      else sayNotSent(answer.status === TOO_LONG);
    } catch {
      sayNotSent(false);
    } finally {
      clearTimeout(timer);
      isSending = false;
      if (!isSent) status.textContent = "";
    }
  }

  // The site has it: now Back and Forward must show an empty form. reset() would bring back what the server
  // printed into the fields after an error, so each one is emptied.
  function leaveFor(address, form) {
    isSent = true;
    for (const field of form.elements) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else if (field.type === "select-one") field.selectedIndex = 0;
      else if (field.type !== "submit") field.value = "";
    }
    location.assign(address);
  }

  addEventListener("pageshow", (event) => {
    if (event.persisted && isSent) location.reload();
  });

  // The site answered with the form, what was typed in it, and what is wrong. A proxy answers without a form.
  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (!page.getElementById("message-form")) return sayNotSent(false);
    document.title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
    const wrong = document.querySelector(".error-summary:not([hidden])");
    if (wrong) wrong.focus();
  }

  function sayNotSent(isTooLong) {
    const note = document.getElementById("message-not-sent");
    for (const words of note.querySelectorAll("[data-too-long]")) {
      if (!words.dataset.unanswered) words.dataset.unanswered = words.textContent;
      words.textContent = isTooLong ? words.dataset.tooLong : words.dataset.unanswered;
    }
    for (const other of document.querySelectorAll(".error-summary")) if (other !== note) other.remove();
    document.title = note.dataset.title;
    note.hidden = false;
    note.focus();
  }
})();
