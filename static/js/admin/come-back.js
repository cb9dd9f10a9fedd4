/* After "Save draft", by Ctrl+S too, whoever typed is where they were: the same field has the cursor, and what was open
   is open. The form holds still until then, and what is typed meanwhile goes in behind the cursor: first_keys.html
   catches it. Places and these few words are remembered for this tab and a minute. */
(function () {
  const KEY = "vtc-came-from";
  const SECONDS = 60;
  const NO_ANSWER = 30; // seconds: somebody stopped it
  const keys = window.keysMeanwhile;
  const editors = new Map(); // by their textarea

  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => editors.set(textarea, editor));

  const rows = () =>
    [...document.querySelectorAll(".order-machine > .inline-related:not(.empty-form, .for-deletion)")].sort((a, b) => a.style.order - b.style.order);
  const folds = () => [...document.querySelectorAll("#page_form details")];

  /* A field by its block's place in the page: a block that was new has another number once it is saved. The cells
     of a table stand for one field (table-grid.js) and have no names. */
  function placeOf(field) {
    const cell = cellsBeside(field.closest(".table-grid")?.parentElement).indexOf(field);
    if (cell >= 0) return { ...placeOf(field.closest(".table-grid").parentElement.querySelector("textarea[name]")), cell };
    const row = field.closest(".order-machine > .inline-related");
    return row ? { row: rows().indexOf(row), name: field.name.slice(row.id.length) } : { row: null, name: field.name };
  }

  const cellsBeside = (parent) => [...(parent?.querySelectorAll(".table-grid input") ?? [])];

  function fieldAt({ row, name, cell }) {
    const before = row === null ? "" : rows()[row]?.id;
    const field = document.getElementById("page_form").elements.namedItem(`${before}${name}`);
    return cell === undefined ? field : cellsBeside(field?.closest(".table-grid__text")?.parentElement)[cell];
  }

  /* The spaces at the end of a text, before the cursor: a save cuts them off, and the next word would stick. */
  function gapIn(field) {
    const at = editors.get(field)?.state.selection.$to;
    const text = at ? at.parent.textContent : field.value;
    const isEnd = at ? at.parentOffset === at.parent.content.size : field.selectionEnd === text.length;
    return isEnd ? text.match(/ *$/)[0] : "";
  }

  /* The cursor where it was, with that `gap`, which alone is no change that leaving would lose. */
  function putCursor(field, { cursor: [from, to], gap }) {
    const editor = editors.get(field);
    const start = from - gap.length;
    if (!editor && typeof from === "number") {
      if (field.value.length < from) field.setRangeText(gap, start, start);
      field.setSelectionRange(from, to);
    } else if (editor) {
      const end = Math.min(from, editor.state.doc.content.size);
      const isCut = gap && editor.state.doc.textBetween(start, end) !== gap;
      if (isCut) editor.chain().setMeta("preventUpdate", true).insertContentAt(start, { type: "text", text: gap }).run();
      editor.commands.setTextSelection({ from, to });
    }
  }

  function cursorIn(field) {
    const selection = editors.get(field)?.state.selection;
    return selection ? [selection.from, selection.to] : [field.selectionStart, field.selectionEnd];
  }

  window.addEventListener("pagehide", () => {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    if (!kept?.place) return;
    sessionStorage.setItem(KEY, JSON.stringify({ ...kept, typed: kept.typed + (keys.text ?? ""), down: [...keys.down] }));
    if (keys.text) insert(fieldAt(kept.place), keys.text); // keep.js keeps it: the session may have ended
  });

  function insert(field, text) {
    keys.text = null;
    const editor = editors.get(field);
    if (!editor) {
      if (!text || typeof field.selectionStart !== "number") return; // a list or a number takes no letters
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      return field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return text.split("\n").forEach((line, i) => {
      if (i) editor.commands.splitBlock();
      if (line) editor.commands.insertContent({ type: "text", text: line });
    });
  }

  function save(event) {
    if (event.defaultPrevented || event.submitter?.formTarget) return; // the preview opens beside
    const form = event.target;
    if (form.inert) return event.preventDefault(); // Ctrl+S once more
    remember(event);
    const note = document.createElement("p");
    note.className = "submit-row__said";
    note.textContent = "Saving…";
    form.querySelectorAll(".submit-row__said").forEach((said) => said.remove());
    form.querySelector(".submit-row").prepend(note);
    document.dispatchEvent(new CustomEvent("page-editor:say", { detail: note.textContent }));
    form.inert = true;
    const { place } = JSON.parse(sessionStorage.getItem(KEY)) || {};
    keys.text = place ? "" : null;
    const release = () => {
      note.remove();
      form.inert = false;
      if (keys.text) insert(fieldAt(place), keys.text);
    };
    setTimeout(release, 1000 * NO_ANSWER);
    window.addEventListener("pageshow", release, { once: true }); // the browser's Back
  }

  function remember({ submitter }) {
    if (submitter?.name !== "_continue") return;
    const focused = document.activeElement;
    const field = focused.closest(".prose-editor")?.querySelector("textarea") || focused;
    // after the first save of a page its template's blocks wait at the top
    const isBegun = document.getElementById("page-editor").dataset.page === "new" && focused === submitter;
    const isField = field.name || field.closest(".table-grid input");
    const place = isField && !isBegun ? { ...placeOf(field), cursor: cursorIn(field), gap: gapIn(field) } : null;
    const open = folds().map((fold) => fold.open);
    const folded = rows().map((row) => row.matches(".collapsed"));
    sessionStorage.setItem(KEY, JSON.stringify({ at: Date.now(), place, open, folded, typed: "" }));
  }

  async function comeBack() {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
    if (!kept || Date.now() - kept.at > SECONDS * 1000) return;
    folds().forEach((fold, i) => (fold.open ||= Boolean(kept.open[i])));
    rows().forEach((row, i) => row.classList.toggle("collapsed", Boolean(kept.folded[i]) && !row.querySelector(".errorlist")));
    const field = kept.place && fieldAt(kept.place);
    if (!field?.focus) return;
    const isRefused = document.getElementById("save-problems"); // checks.js leads to them
    if (!isRefused) field.focus({ preventScroll: true });
    const editor = field.matches(".waits") ? await window.startRichText(field) : editors.get(field);
    putCursor(field, kept.place);
    if (editor && !isRefused) editor.view.focus(); // at once: the command would let letters pass by
    insert(field, kept.typed + keys.missed + keys.text);
  }

  document.addEventListener("content-editor:ready", () => {
    document.getElementById("page_form")?.addEventListener("submit", save);
    comeBack().finally(() => (keys.text = null));
  });
})();
