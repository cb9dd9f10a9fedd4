// Staff only. Warns before the idle sign-out, leaves the page when it comes, and keeps what is being typed.
// Loaded by templates/admin/base_site.html on every admin page. The server decides when a sign-in is over
// (vtc_site/sign_in/sessions.py); this file only asks it and tells the person.
(() => {
  "use strict";
  const settings = document.currentScript.dataset; // user, stillHereUrl, loginUrl, warningSeconds, idleSeconds
  const isSignedIn = Boolean(settings.user);
  const PREFIX = "vtc-typed:";
  const KEPT_HOURS = 12;
  const ACTIVITY_MS = Math.min(60_000, (Number(settings.idleSeconds) * 1000) / 10);

  // --- The clock ------------------------------------------------------------------------------------
  let timer = 0;
  let toldAt = Date.now();
  let warning = null;
  let isLeaving = false;
  let overAt = Date.now() + Number(settings.idleSeconds) * 1000;

  // A page that asks "leave without saving?" would stay open for whoever passes by.
  window.addEventListener("beforeunload", (event) => { if (isLeaving) event.stopImmediatePropagation(); }, true);

  async function ask(method) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const headers = method === "POST" && token ? { "X-CSRFToken": token.value } : {};
    const answer = await fetch(settings.stillHereUrl, { method, headers, cache: "no-store" });
    return answer.ok ? (await answer.json()).seconds : null;
  }

  async function look(method = "GET") {
    clearTimeout(timer);
    const seconds = await ask(method).catch(() => null);
    if (seconds !== null) overAt = Date.now() + seconds * 1000;
    if (seconds === null && Date.now() < overAt) timer = setTimeout(look, 15_000); // no network: ask again
    else if (seconds === null) leave();
    else if (seconds <= 0) leave();
    else if (seconds <= Number(settings.warningSeconds)) warn(seconds);
    else rest(seconds - Number(settings.warningSeconds));
  }

  function rest(seconds) {
    if (warning) warning.close();
    timer = setTimeout(look, Math.min(seconds * 1000 + 500, 2 ** 31 - 1));
  }

  function warn(seconds) {
    if (!warning) warning = dialog(seconds);
    if (!warning.open) warning.showModal();
    timer = setTimeout(look, Math.min(seconds * 1000 + 1000, 15_000));
  }

  function leave() {
    keepAll();
    isLeaving = true;
    document.body.hidden = true; // nobody may be there to close the page
    const here = location.pathname + location.search;
    location.replace(`${settings.loginUrl}?reason=idle&next=${encodeURIComponent(here)}`);
  }

  function dialog(seconds) {
    const at = new Date(Date.now() + seconds * 1000).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
    const box = element("dialog", "idle-warning");
    const title = element("h2", "", "Are you still there?");
    title.id = "idle-warning-title";
    box.setAttribute("aria-labelledby", title.id);
    const text = element("p", "", `This browser is signed out at ${at}. What you are typing is saved in this tab.`);
    const stay = element("button", "button default", "Stay signed in");
    stay.type = "button";
    stay.autofocus = true;
    stay.addEventListener("click", () => look("POST"));
    box.addEventListener("cancel", () => look("POST"));
    box.addEventListener("close", () => { box.remove(); warning = null; });
    box.append(title, text, stay);
    document.body.append(box);
    return box;
  }

  // Typing and pointing count as being there, also on a page that is open for hours.
  function active() {
    if (warning || Date.now() - toldAt < ACTIVITY_MS) return;
    toldAt = Date.now();
    look("POST");
  }

  // --- What is being typed --------------------------------------------------------------------------
  // The page editor keeps its own copies (admin-keep.js); any other form that does says data-keeps-drafts.
  function fields() {
    return [...document.querySelectorAll("#content form textarea")].filter(
      (field) => field.name && !field.readOnly && field.offsetParent && !field.closest("#page_form, [data-keeps-drafts]"),
    );
  }

  const keyOf = (field) => `${PREFIX}${location.pathname}#${field.id || field.name}`;
  const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));

  function read(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function keep(field) {
    if (field.value === field.defaultValue) return sessionStorage.removeItem(keyOf(field));
    const entry = { text: field.value, user: settings.user, at: Date.now(), isSent: false };
    return sessionStorage.setItem(keyOf(field), JSON.stringify(entry));
  }

  function keepAll() {
    for (const field of fields()) if (field.value !== field.defaultValue) keep(field);
  }

  // A form that was sent: its text is thrown away once a page shows that it arrived (see tidy).
  function sent(event) {
    if (event.target.id === "logout-form") return keys().forEach((key) => sessionStorage.removeItem(key));
    const own = new Set(fields().filter((field) => field.form === event.target).map(keyOf));
    for (const key of own) {
      const entry = read(key);
      if (entry) sessionStorage.setItem(key, JSON.stringify({ ...entry, isSent: true }));
    }
    return undefined;
  }

  // Text of another person or of yesterday goes; text that was sent goes, unless the form came back with errors.
  function tidy() {
    const cameBack = document.querySelector("#content :is(.errornote, .errorlist, .error, [aria-invalid=true])");
    for (const key of keys()) {
      const entry = read(key);
      const isOld = !entry || Date.now() - entry.at > KEPT_HOURS * 3_600_000;
      if (isOld || entry.user !== settings.user || (entry.isSent && !cameBack)) sessionStorage.removeItem(key);
    }
  }

  function unmark() {
    for (const key of keys()) sessionStorage.setItem(key, JSON.stringify({ ...read(key), isSent: false }));
  }

  function offer(field) {
    const entry = read(keyOf(field));
    if (!entry || entry.text === field.value) return;
    const box = element("div", "kept-text");
    box.setAttribute("role", "status");
    const back = element("button", "button", "Restore");
    const away = element("button", "button", "Discard");
    back.type = away.type = "button";
    back.addEventListener("click", () => { field.value = entry.text; box.remove(); field.focus(); keep(field); });
    away.addEventListener("click", () => { sessionStorage.removeItem(keyOf(field)); box.remove(); field.focus(); });
    box.append(element("p", "", "You were typing here before you were signed out."), back, away);
    field.after(box);
  }

  function element(name, className, text = "") {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function start() {
    if (!isSignedIn) return unmark(); // the sign-in page: what was sent to reach it did not arrive
    tidy();
    fields().forEach(offer);
    document.addEventListener("input", (event) => { if (fields().includes(event.target)) keep(event.target); });
    document.addEventListener("submit", sent);
    for (const kind of ["keydown", "pointerdown", "scroll"]) document.addEventListener(kind, active, { passive: true });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) look(); });
    return rest(Number(settings.idleSeconds) - Number(settings.warningSeconds));
  }

  document.addEventListener("DOMContentLoaded", start);
})();
