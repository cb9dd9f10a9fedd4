/* The blocks of a page in the admin: titles, folding, moving and adding, by mouse, keyboard and screen reader.
   Works on the markup of django-content-editor and Django's inlines. */
(function () {
  const FOLDED_ABOVE = 6; // blocks; a longer page opens with titles only
  const TITLE_LENGTH = 90;
  const REST = 400; // milliseconds without typing, until titles are compared
  let timer;

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const machine = () => document.querySelector(".order-machine");
  const rows = () =>
    all(".order-machine > .inline-related:not(.empty-form)").sort((a, b) => a.style.order - b.style.order);
  /* Why nothing was saved is said at the top: the library would go back to where somebody was. */
  document.addEventListener("readystatechange", () => {
    if (!document.querySelector(".submit-row__said--error")) return;
    history.replaceState(null, "", location.href.replace(/scrollY=\d+/, "scrollY=0"));
  }, { once: true });

  const later = (action) => setTimeout(action, 0);

  /* --- Titles --- */
  const kind = (row) => (row.querySelector("h3 b") || row).textContent.trim().replace(/:$/, "");

  const SIGNS = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": " " };

  /* Rich text is never parsed here: even a parser that runs nothing looks at what it reads. */
  function plain(field) {
    if (!field.matches("[data-django-prose-editor-when-seen]")) return field.value;
    const text = field.value.replace(/<\/?(p|h3|ul|ol|li|br)\b[^>]*>/g, " ").replace(/<[^>]*>/g, "");
    return text.replace(/&[a-z]+;/g, (sign) => SIGNS[sign] || sign);
  }
  window.plainText = plain; // find-on-page.js

  const firstLine = (field) => plain(field).trim().split("\n")[0];

  function texts(row) {
    const fields = all("[data-title]", row).sort((a, b) => a.dataset.title - b.dataset.title);
    return [...new Set([...fields, ...all("textarea", row)].map(firstLine))].filter(Boolean);
  }

  /* Of a block without words: what is checked in it, such as helplines. */
  const checked = (row) => all("fieldset input:checked", row).map((box) => box.labels[0]?.textContent.trim()).filter(Boolean).join(", ");

  const cut = (text) => (text.length > TITLE_LENGTH ? `${text.slice(0, TITLE_LENGTH)}…` : text);
  const title = (row) => cut([texts(row)[0] || checked(row), row.dataset.more].filter(Boolean).join(" – "));

  /* Blocks of one kind with the same title show what they say next, or which of them they are. */
  function tellApart() {
    const groups = new Map();
    for (const row of rows()) {
      const first = `${kind(row)}: ${texts(row)[0] || checked(row)}`;
      groups.set(first, [...(groups.get(first) || []), row]);
    }
    for (const group of groups.values()) group.forEach((row, place) => showMore(row, group.length > 1 ? texts(row)[1] || `number ${place + 1}` : ""));
  }

  function showMore(row, more) {
    if ((row.dataset.more || "") === more) return;
    row.dataset.more = more;
    showTitle(row);
  }

  const name = (row) => [kind(row), title(row)].filter(Boolean).join(": ");

  function showTitle(row) {
    const label = row.querySelector("h3 .inline_label");
    if (!label || row.classList.contains("empty-form")) return;
    const text = title(row) || "no title yet";
    if (label.textContent !== text) label.textContent = text;
    label.setAttribute("aria-label", name(row));
    const remove = row.querySelector(".delete input");
    if (remove) remove.setAttribute("aria-label", `Delete ${name(row)}`);
    const link = row.querySelector(".inline-deletelink");
    if (link) link.setAttribute("aria-label", `Remove ${name(row)}`);
    for (const button of all(".move-block [data-words]", row)) {
      button.setAttribute("aria-label", `${button.dataset.words}: ${name(row)}`);
    }
  }

  /* --- Order: what is seen first comes first for the keyboard and for screen readers too --- */
  function settle() {
    const list = machine();
    const isRow = (node) => node && node.matches(".inline-related:not(.empty-form)");
    let place = all(":scope > .inline-related:not(.empty-form)", list)[0];
    for (const row of rows()) {
      if (row !== place) list.insertBefore(row, place || null);
      else do place = place.nextElementSibling; while (place && !isRow(place));
    }
    list.append(list.querySelector(":scope > .order-machine-insert-target.last"));
    makeReachable();
  }

  /* Django numbers the forms of a kind by their place in the document; saved ones must keep the first numbers. */
  function byNumber(row) {
    const number = (each) => Number(each.id.match(/\d+$/)[0]);
    const group = row.id.replace(/-\d+$/, "");
    const same = rows().filter((each) => each.id.replace(/-\d+$/, "") === group);
    same.sort((a, b) => number(a) - number(b)).forEach((each) => machine().append(each));
  }

  function move(row, step, button) {
    const to = rows().indexOf(row) + step;
    if (to < 0 || to >= rows().length) return say(`${name(row)} is ${to < 0 ? "the first" : "the last"} block`);
    place(row, to);
    button.focus();
  }

  function place(row, to) {
    const list = rows().filter((each) => each !== row);
    list.splice(to, 0, row);
    list.forEach((each, at) => {
      each.style.order = each.querySelector(".order-machine-ordering").value = 10 * (at + 1);
    });
    settle();
    row.scrollIntoView({ block: "nearest" });
    changed();
    say(`${name(row)} is now block ${to + 1} of ${list.length}`);
  }

  document.addEventListener("page-editor:place", ({ detail: { row, to } }) => {
    place(row, to - 1);
    row.querySelector(".place-block").focus();
  });

  const changed = () => document.dispatchEvent(new CustomEvent("page-editor:changed"));

  function say(text) {
    let region = document.getElementById("editor-says");
    if (!region) {
      region = document.createElement("p");
      region.id = "editor-says";
      region.className = "visually-hidden";
      region.setAttribute("role", "status");
      document.querySelector("#content").append(region);
    }
    region.textContent = text;
  }

  /* --- The title bar of a block --- */
  function addMoveButtons(row) {
    const box = document.createElement("span");
    box.className = "move-block";
    for (const [step, sign, words] of [[-1, "↑", "Move up"], [1, "↓", "Move down"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.dataset.words = button.title = words;
      button.addEventListener("click", (event) => {
        event.stopPropagation();
        event.preventDefault();
        move(row, step, button);
      });
      box.append(button);
    }
    row.querySelector("h3 .inline_label").after(box);
  }

  function makeFoldable(row) {
    const label = row.querySelector("h3 .inline_label");
    label.tabIndex = 0;
    label.setAttribute("role", "button");
    const tell = () => label.setAttribute("aria-expanded", String(!row.classList.contains("collapsed")));
    new MutationObserver(tell).observe(row, { attributes: true, attributeFilter: ["class"] });
    tell();
  }

  function prepare(row) {
    // where it is seen, so that the Tab key never leads up again
    row.prepend(row.querySelector(":scope > .order-machine-insert-target"));
    for (const icon of all("span.material-icons", row)) icon.setAttribute("aria-hidden", "true");
    if (!row.querySelector(".move-block")) {
      addMoveButtons(row);
      makeFoldable(row);
    }
    showTitle(row);
  }

  /* --- "+" and its menu --- */
  function makeReachable() {
    for (const target of all(".order-machine-insert-target")) {
      const before = target.closest(".inline-related");
      target.tabIndex = 0;
      target.setAttribute("role", "button");
      target.setAttribute("aria-label", before ? `Add a block before ${name(before)}` : "Add a block at the end");
    }
    const menu = document.querySelector(".plugin-buttons");
    menu.setAttribute("role", "group");
    menu.setAttribute("aria-label", "Kinds of block to add");
    for (const button of all(".plugin-button", menu)) button.tabIndex = 0;
  }

  /* --- What upstream tells --- */
  document.addEventListener("page-editor:name", (event) => showTitle(event.detail));
  document.addEventListener("page-editor:reveal", (event) => reveal(event.detail));
  document.addEventListener("page-editor:changed", () => later(tellApart));
  document.addEventListener("page-editor:say", (event) => say(event.detail));
  document.addEventListener("content-editor:activate", (event) => prepare(event.detail.inline));
  document.addEventListener("dragend", () => later(() => (settle(), changed())));
  document.addEventListener("formset:removed", () => later(() => (settle(), changed())));
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".order-machine .inline-deletelink");
    if (link) byNumber(link.closest(".inline-related"));
  }, true);

  // As soon as upstream is through, and before the next key arrives.
  document.addEventListener("formset:added", (event) => queueMicrotask(() => {
    const row = event.target;
    if (!row.matches(".order-machine .inline-related")) return;
    prepare(row);
    settle();
    changed();
    say(`Added: ${kind(row)}, block ${rows().indexOf(row) + 1} of ${rows().length}`);
    // upstream focuses a hidden input; the first field a person can type in is meant
    const fields = "input:not([type=hidden]), select, textarea, [contenteditable=true]";
    const field = all(fields, row).find((each) => each.offsetParent && !each.closest("h3"));
    if (field) field.focus();
  }));

  for (const type of ["input", "change"]) {
    document.addEventListener(type, (event) => {
      const row = event.target.closest(".order-machine .inline-related");
      if (!row) return;
      later(() => showTitle(row));
      clearTimeout(timer);
      timer = setTimeout(tellApart, REST);
    });
  }

  document.addEventListener("prose-editor:ready", (event) => {
    const area = event.detail.textarea;
    const label = document.querySelector(`label[for="${area.id}"]`);
    const words = (label ? label.textContent : area.name).trim().replace(/:$/, "");
    event.detail.editor.view.dom.setAttribute("aria-label", words);
  });

  /* --- The way to a block or a field, from the checks below and from the publish screen --- */
  function reveal(place) {
    const row = place.closest(".order-machine .inline-related");
    const folded = place.closest("details");
    if (row) row.classList.remove("collapsed");
    if (folded) folded.open = true;
    place.scrollIntoView({ block: row ? "start" : "center" });
    (row ? row.querySelector(".inline_label") : place).focus({ preventScroll: true });
  }

  const placeOf = (hash) => hash.length > 1 && document.querySelector(`#page_form #${CSS.escape(hash.slice(1))}`);

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('#page_form a[href^="#"]');
    const place = link && placeOf(link.getAttribute("href"));
    if (!place) return;
    event.preventDefault();
    reveal(place);
  });

  function fold() {
    if (location.hash.includes("collapsed=")) return;
    const toggle = document.querySelector(".collapse-items input");
    toggle.checked = rows().length > FOLDED_ABOVE;
    toggle.dispatchEvent(new Event("change"));
    const asked = placeOf(location.hash);
    if (asked) reveal(asked);
  }

  document.addEventListener("content-editor:ready", () => {
    for (const icon of all("span.material-icons")) icon.setAttribute("aria-hidden", "true");
    rows().forEach(prepare);
    tellApart();
    settle();
    fold();
  });
})();
