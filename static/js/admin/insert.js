/* "Insert…" in each block: a search through sources, numbers, pages and their headings, so that nobody needs to know
   a code. It goes in where the text cursor was last in that block. */
(function () {
  const FIELDS = ".tiptap, textarea, .table-grid input, input[name$=-link]";
  const MOST_SHOWN = 40;
  const KINDS = { number: "Number", source: "Source", site: "Website", page: "Link" }; // what fits alike comes in this order
  const editors = new Map(); // by their editable element
  let choices = null;
  let dialog = null;

  document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => editors.set(editor.view.dom, editor));

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  /* --- Where it goes --- */
  const isLinkField = (field) => field.matches("input[name$=-link]");
  const takes = (field, choice) => (isLinkField(field) ? choice.kind === "page" : editors.has(field) || choice.kind !== "page");

  function insert(field, { kind, inserts, name }) {
    const editor = editors.get(field);
    if (!editor) return insertText(field, inserts);
    editor.view.focus(); // at once: the next key must not reach the button that opened the dialog
    const chain = editor.chain();
    if (kind !== "page") chain.insertContent(inserts).run();
    else if (!editor.state.selection.empty) chain.setLink({ href: inserts }).run();
    else chain.insertContent({ type: "text", text: name, marks: [{ type: "link", attrs: { href: inserts } }] }).run();
  }

  function insertText(field, text) {
    if (isLinkField(field)) field.value = text;
    else field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  /* --- The dialog --- */
  async function open(field) {
    dialog ||= build();
    dialog.field = field;
    dialog.search.value = "";
    dialog.list.replaceChildren();
    dialog.showModal();
    if (!choices) {
      dialog.status.textContent = "Loading…";
      const answer = await fetch(document.getElementById("page-editor").dataset.insertUrl).catch(() => null);
      if (!answer || !answer.ok) return (dialog.status.textContent = "The list could not be loaded. Close and try again.");
      ({ choices } = await answer.json());
    }
    show();
  }

  function build() {
    const made = make("dialog", { className: "insert-dialog" });
    made.setAttribute("aria-labelledby", "insert-title");
    made.search = make("input", { type: "search", id: "insert-search" });
    made.status = make("p", { className: "insert-dialog__status" });
    made.status.setAttribute("role", "status");
    made.list = make("ul", {});
    const close = make("button", { type: "button", className: "button", textContent: "Close", onclick: () => made.close() });
    made.append(
      make("h2", { id: "insert-title", textContent: "Insert" }),
      make("label", { htmlFor: "insert-search", textContent: "Search sources, numbers and pages" }),
      made.search, made.status, made.list, close,
    );
    made.search.addEventListener("input", show);
    made.search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // or the field, which has the focus by then, takes the key too
      if (made.search.value.trim()) made.list.querySelector("button")?.click();
    });
    made.addEventListener("keydown", walk);
    document.getElementById("content").append(made);
    return made;
  }

  /* The arrow keys go through what was found, and back to the search. */
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [dialog.search, ...dialog.list.querySelectorAll("button")];
    const place = stops.indexOf(document.activeElement);
    if (!step || place < 0) return;
    event.preventDefault();
    stops[Math.min(stops.length - 1, Math.max(0, place + step))].focus();
  }

  /* How well a choice fits: its own name or code, the start of it, words of its name, words around it. */
  function fit({ kind, name, inserts }, search, words) {
    const names = [name.toLowerCase(), inserts.toLowerCase().replace(/^[[{]|[\]}]$/g, "")];
    const tests = [names.includes(search), names.some((each) => each.startsWith(search)), words.every((word) => names[0].includes(word)), true];
    return 10 * tests.indexOf(true) + Object.keys(KINDS).indexOf(kind);
  }

  function sorted(found, words) {
    const ranks = new Map(found.map((choice) => [choice, fit(choice, words.join(" "), words)]));
    return found.sort((a, b) => ranks.get(a) - ranks.get(b));
  }

  function show() {
    if (!choices) return; // typed before the list was there: open() shows it then
    const words = dialog.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const text = (choice) => `${KINDS[choice.kind]} ${choice.name} ${choice.about} ${choice.inserts}`.toLowerCase();
    const found = choices.filter((each) => takes(dialog.field, each) && words.every((word) => text(each).includes(word)));
    if (words.length) sorted(found, words);
    dialog.list.replaceChildren(...found.slice(0, MOST_SHOWN).map(item));
    const rest = found.length > MOST_SHOWN ? `, the first ${MOST_SHOWN} shown: type to find others` : "";
    const first = words.length && found[0] ? `. Enter inserts: ${KINDS[found[0].kind].toLowerCase()} “${found[0].name}”` : "";
    dialog.status.textContent = `${found.length} found${rest}${first}`;
  }

  function item(choice) {
    const choose = () => {
      dialog.close();
      insert(dialog.field, choice);
    };
    return make("li", {}, make("button", { type: "button", onclick: choose },
      make("strong", { textContent: choice.name }), " ",
      make("code", { textContent: choice.inserts }), " ",
      make("span", { textContent: `${KINDS[choice.kind]}: ${choice.about}` })));
  }

  /* --- The button of a block --- */
  function prepare(row) {
    if (row.matches(".empty-form") || row.querySelector(".insert-button") || !row.querySelector(FIELDS)) return;
    let last = null;
    row.addEventListener("focusin", (event) => event.target.matches(FIELDS) && (last = event.target));
    const isThere = () => last && last.isConnected;
    const first = () => [...row.querySelectorAll(FIELDS)].find((field) => field.offsetParent);
    const button = make("button", { type: "button", className: "button insert-button", textContent: "Insert source, number or link…" });
    button.addEventListener("click", () => open(isThere() ? last : first()));
    row.querySelector("fieldset").append(make("p", { className: "insert-row" }, button));
  }

  document.addEventListener("content-editor:ready", () => document.querySelectorAll(".order-machine > .inline-related").forEach(prepare));
  document.addEventListener("formset:added", (event) => event.target.matches(".order-machine .inline-related") && prepare(event.target));
})();
