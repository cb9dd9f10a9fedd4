/* Keeps what an editor types in this browser until it is saved, offers it again after a crash or a sign-out,
   and asks before leaving with changes. Admin only: visitors' pages store nothing. */
(function () {
  const DAYS = 30; // after that a forgotten copy goes
  const openedAt = Date.now();
  const LEFT_OUT = /^(csrfmiddlewaretoken|copy_id|based_on|_.*)$/;

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.getElementById("page-editor");
    if (!box) return;
    const mine = `vtc-draft:${box.dataset.person}:`;
    forgetSaved(mine, box.dataset.savedCopies.split(" "));
    if (box.dataset.page) start(box, `${mine}${box.dataset.page}:`);
  });

  const keys = (prefix) => Object.keys(localStorage).filter((key) => key.startsWith(prefix));

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function forgetSaved(prefix, saved) {
    for (const key of keys(prefix)) {
      const copy = read(key);
      const isOld = !copy || Date.now() - copy.at > DAYS * 86_400_000;
      if (isOld || saved.includes(key.split(":").pop())) localStorage.removeItem(key);
    }
  }

  function typed(form) {
    const entries = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !LEFT_OUT.test(name));
    return entries.map(([name, value]) => [name, value.replace(/\r\n/g, "\n")]);
  }

  const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => n.toString(36)).join("");

  function start(box, prefix) {
    const form = document.getElementById("page_form");
    if (!form || !form.elements.copy_id) return;
    const copy = (form.elements.copy_id.value ||= newName());
    const text = keeper(form, prefix + copy, Boolean(box.dataset.unsaved));
    document.addEventListener("content-editor:ready", () => {
      offer(box, form, prefix, copy, text.open());
      text.keep();
    });
    document.addEventListener("prose-editor:ready", text.openSoon);
    document.addEventListener("page-editor:changed", text.touch);
    for (const type of ["input", "change"]) form.addEventListener(type, text.touch);
    document.addEventListener("visibilitychange", text.keep);
    guardLeaving(form, box, text);
  }

  /* The text in `form`: knows whether it differs from what was opened, and keeps it under `key` while it does. */
  function keeper(form, key, isUnsaved) {
    let isTouched = false;
    let opened = "";
    let timer;
    let opening;
    const isDirty = () => isUnsaved || JSON.stringify(typed(form)) !== opened;

    function open() {
      if (!isTouched) opened = JSON.stringify(typed(form));
      return opened;
    }

    /* Once for all rich texts that become ready together: reading the form takes long where there are many. */
    function openSoon() {
      clearTimeout(opening);
      opening = setTimeout(open, 0);
    }

    function keep() {
      clearTimeout(timer);
      if (!isTouched && !isUnsaved) return;
      if (!isDirty()) return localStorage.removeItem(key);
      const kept = { at: Date.now(), basedOn: form.elements.based_on.value, fields: typed(form) };
      try {
        localStorage.setItem(key, JSON.stringify(kept));
      } catch {
        // a full or forbidden storage: leaving still warns
      }
    }

    function touch() {
      isTouched = true;
      clearTimeout(timer);
      timer = setTimeout(keep, 600);
    }

    return { isDirty, open, openSoon, keep, touch };
  }

  function guardLeaving(form, box, text) {
    let isLeaving = false;
    form.addEventListener("submit", (event) => {
      if (isTooLong(form, box.dataset)) {
        event.preventDefault();
        return sayTooLong(box);
      }
      if (event.submitter && event.submitter.formTarget) return; // the preview opens beside
      text.keep();
      isLeaving = true;
      setTimeout(() => (isLeaving = false), 10_000); // the answer never came
    });
    document.addEventListener("staff:signed-out", () => {
      text.keep();
      isLeaving = true;
    });
    window.addEventListener("beforeunload", (event) => {
      if (isLeaving || !text.isDirty()) return;
      text.keep();
      event.preventDefault();
      event.returnValue = "";
    });
  }

  /* The server would refuse it unread, and the whole text would have to be brought back. */
  function isTooLong(form, { mostFields, mostBytes }) {
    const sent = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const size = (text) => new Blob([text]).size;
    const bytes = sent.reduce((sum, [name, value]) => sum + size(name) + size(value.replace(/\r?\n/g, "\r\n")) + 2, 0);
    return sent.length > Number(mostFields) || bytes > Number(mostBytes);
  }

  function sayTooLong(box) {
    const note = document.createElement("p");
    note.className = "editor-note editor-note--warning";
    note.setAttribute("role", "alert");
    note.tabIndex = -1;
    note.textContent =
      "Not saved: this page is longer than the site takes at once. All of it still stands below. Move some blocks to a second page, then save again.";
    box.append(note);
    note.focus();
  }

  /* When this person last saved the page, by the clock of this browser. */
  const lastSave = ({ dataset }) => (dataset.savedAgo ? openedAt - 1000 * Number(dataset.savedAgo) : 0);

  function offer(box, form, prefix, copy, opened) {
    const found = keys(prefix).filter((key) => key !== prefix + copy).map((key) => [key, read(key)]);
    const isNewer = ([, value]) => value && value.at > lastSave(box); // who saved after it has done without it
    const [key, kept] = found.filter(isNewer).sort((a, b) => b[1].at - a[1].at)[0] || [];
    if (!kept) return;
    if (JSON.stringify(kept.fields) === opened) return localStorage.removeItem(key);
    const note = document.createElement("div");
    note.className = "editor-note editor-note--warning";
    note.setAttribute("role", "status");
    const text = document.createElement("p");
    const isPassed = Number(kept.basedOn) < Number(form.elements.based_on.value);
    const when = new Date(kept.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short", timeZone: box.dataset.timeZone });
    text.textContent = `Your browser kept text of this page that was not saved, last typed ${when}.${isPassed ? " A newer version was saved since then." : ""}`;
    const actions = document.createElement("p");
    actions.className = "editor-note__actions";
    actions.append(
      button("Bring it back", () => bringBack(form, kept, key.split(":").pop())),
      button("Discard", () => {
        localStorage.removeItem(key);
        note.remove();
      }),
    );
    note.append(text, actions);
    box.append(note);
  }

  function button(words, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = words;
    made.addEventListener("click", action);
    return made;
  }

  /* The server builds the form from the kept text, as after an error, so that blocks and order come back too. */
  function bringBack(form, kept, copy) {
    const letter = document.createElement("form");
    letter.method = "post";
    letter.action = location.pathname;
    const token = form.elements.csrfmiddlewaretoken.value;
    const more = [["csrfmiddlewaretoken", token], ["copy_id", copy], ["based_on", kept.basedOn], ["_bring_back", "1"]];
    for (const [name, value] of [...kept.fields, ...more]) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      letter.append(field);
    }
    letter.hidden = true;
    document.body.append(letter);
    letter.submit();
  }
})();
