/* "Find on this page…" above the blocks: searches what is typed in all of them, folded ones too, and leads there. */
(function () {
  const AROUND = 40; // letters shown on each side
  const MOST_SHOWN = 100;
  const editors = new Map(); // by their textarea
  let dialog = null;

  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => editors.set(textarea, editor));

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  const textOf = (field) => (editors.has(field) ? editors.get(field).getText() : window.plainText(field));

  /* The fields with words, in the order of the page: first its own, then those of its blocks. */
  function fields() {
    const words = "textarea, input[type=text]";
    const own = document.querySelectorAll(`#page_form > div > fieldset :is(${words})`);
    const rows = [...document.querySelectorAll(".order-machine > .inline-related:not(.empty-form)")].sort((a, b) => a.style.order - b.style.order);
    const isWords = (field) => field.name && !/-(link|starts_hour|ends_hour|strength)$/.test(field.name);
    return [...own, ...rows.flatMap((row) => [...row.querySelectorAll(words)])].filter(isWords);
  }

  function placesOf(field, words) {
    const text = textOf(field);
    const found = [];
    for (let at = text.toLowerCase().indexOf(words); at >= 0; at = text.toLowerCase().indexOf(words, at + words.length)) {
      found.push({ field, at, nth: found.length, before: text.slice(Math.max(0, at - AROUND), at), hit: text.slice(at, at + words.length), after: text.slice(at + words.length, at + words.length + AROUND) });
    }
    return found;
  }

  function nameOf(field) {
    const row = field.closest(".inline-related");
    const label = row ? row.querySelector(".inline_label").getAttribute("aria-label") : document.querySelector(`label[for="${field.id}"]`)?.textContent;
    return (label || "").trim().replace(/:$/, "");
  }

  function show() {
    const words = dialog.search.value.trim().toLowerCase();
    const found = words ? fields().flatMap((field) => placesOf(field, words)) : [];
    dialog.list.replaceChildren(...found.slice(0, MOST_SHOWN).map(item));
    dialog.status.textContent = words ? `${found.length} found${found.length > MOST_SHOWN ? `, the first ${MOST_SHOWN} shown` : ""}` : "";
  }

  function item(place) {
    const lead = () => {
      dialog.close();
      go(place);
    };
    return make("li", {}, make("button", { type: "button", onclick: lead },
      make("strong", { textContent: nameOf(place.field) }), " ",
      make("span", {}, `…${place.before}`, make("mark", { textContent: place.hit }), `${place.after}…`)));
  }

  /* Unfold the block and put the cursor into the field, with the words selected where the field can. */
  async function go({ field, at, nth, hit }) {
    document.dispatchEvent(new CustomEvent("page-editor:reveal", { detail: field }));
    if (field.matches(".waits")) await window.startRichText(field);
    const editor = editors.get(field);
    if (editor) return select(editor, hit, nth);
    if (!field.offsetParent) return; // the cells of a table stand for it
    field.focus();
    field.setSelectionRange(at, at + hit.length);
  }

  function select(editor, hit, nth) {
    let count = 0;
    let place = null;
    editor.state.doc.descendants((node, position) => {
      if (place || !node.isText) return;
      for (let found = node.text.toLowerCase().indexOf(hit.toLowerCase()); found >= 0; found = node.text.toLowerCase().indexOf(hit.toLowerCase(), found + 1)) {
        if (count++ === nth) place = position + found;
      }
    });
    editor.view.focus();
    if (place !== null) editor.commands.setTextSelection({ from: place, to: place + hit.length });
  }

  function build() {
    const made = make("dialog", { className: "insert-dialog" });
    made.setAttribute("aria-labelledby", "find-title");
    made.search = make("input", { type: "search", id: "find-search" });
    made.status = make("p", { className: "insert-dialog__status" });
    made.status.setAttribute("role", "status");
    made.list = make("ul", {});
    made.search.addEventListener("input", show);
    made.search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      made.list.querySelector("button")?.click();
    });
    const all = make("a", { href: document.getElementById("page-editor").dataset.findUrl, target: "_blank", textContent: "Find in all pages" });
    const close = make("button", { type: "button", className: "button", textContent: "Close", onclick: () => made.close() });
    made.append(
      make("h2", { id: "find-title", textContent: "Find on this page" }),
      make("label", { htmlFor: "find-search", textContent: "Words in any block, saved or not" }),
      made.search, made.status, made.list, make("p", {}, all), close,
    );
    document.getElementById("content").append(made);
    return made;
  }

  function open() {
    dialog ||= build();
    dialog.showModal();
    dialog.search.select();
    show();
  }

  document.addEventListener("content-editor:ready", () => {
    const button = make("button", { type: "button", className: "button find-button", textContent: "Find on this page…", onclick: open });
    document.querySelector(".tabs.regions .machine-collapse").after(button);
  });
})();
