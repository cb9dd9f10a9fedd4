/* Pasting into a block: what pasted-text.js makes of it goes in, tables become blocks of their own, and one notice
   says what was left out and takes the paste back. */
(function () {
  const TABLE = "table_blocks"; // the prefix of its forms
  const OURS = /^(meta|p|h3|ul|ol|li|br|strong|em|a|div)$/;
  const ON_ITS_OWN = "closeHistory$"; // of ProseMirror: Ctrl+Z takes back the paste, and not what was typed just before
  let notice = null;

  /* Text copied from one of our own fields already is what a field may hold. */
  const isOurs = (html) =>
    html.includes("data-pm-slice") && [...html.matchAll(/<([a-z][\w:-]*)/gi)].every(([, tag]) => OURS.test(tag.toLowerCase())) && !/\sstyle\s*=/i.test(html);

  const count = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;

  function summary({ tables, left }, canAddTables) {
    const moved = canAddTables ? tables.length : 0;
    const { "table as lines": written, ...dropped } = left;
    const lost = Object.entries({ table: tables.length - moved, ...dropped }).filter(([, number]) => number);
    return [
      moved && `In ${moved === 1 ? "a block of its own" : "blocks of their own"} below: ${count(moved, "table")}.`,
      written && `Written as lines, because cells are merged: ${count(written, "table")}.`,
      lost.length && `Left out: ${lost.map(([what, number]) => count(number, what)).join(", ")}.`,
    ].filter(Boolean).join(" ");
  }

  /* --- The notice --- */
  function show(place, text, undo) {
    if (notice) notice.remove();
    notice = document.createElement("p");
    notice.className = "paste-notice";
    const words = `Pasted. ${text}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "Undo";
    button.setAttribute("aria-label", "Undo pasting");
    button.addEventListener("click", () => {
      notice.remove();
      undo();
    });
    notice.append(`${words} `, button);
    (place.closest(".form-row") || place.parentElement).append(notice); // beside a long text it would be as tall as that
    notice.scrollIntoView({ block: "nearest" }); // a long text moves it off the screen
    document.dispatchEvent(new CustomEvent("page-editor:say", { detail: words }));
  }

  /* --- Tables --- */
  const canAddTables = () => Boolean(document.querySelector(`#${TABLE}-group .add-row a`));

  function rowAfter(row) {
    const later = [...document.querySelectorAll(".order-machine > .inline-related:not(.empty-form)")].filter(
      (each) => Number(each.style.order) > Number(row.style.order),
    );
    return later.sort((a, b) => a.style.order - b.style.order)[0] || null;
  }

  function set(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Return the new block with `table`, which follows `row`. */
  function addTable(row, { heading, caption, rows }) {
    let made;
    document.addEventListener("formset:added", (event) => (made = event.target), { once: true });
    window.ContentEditor._insertBefore = rowAfter(row);
    window.ContentEditor.addContent(TABLE);
    set(made.querySelector("[name$=-rows]"), rows.map((cells) => cells.join(" | ")).join("\n"));
    set(made.querySelector("[name$=-caption]"), caption);
    set(made.querySelector("[name$=-heading]"), heading);
    return made;
  }

  function addTables(row, tables) {
    const made = [];
    for (const table of tables) made.push(addTable(made.at(-1) || row, table));
    return made;
  }

  const remove = (blocks) => blocks.forEach((block) => block.querySelector(".inline-deletelink").click());

  /* --- Rich text --- */
  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
    editor.view.setProps({
      transformPastedHTML(html) {
        if (isOurs(html)) return html;
        editor.view.dispatch(editor.state.tr.setMeta(ON_ITS_OWN, true));
        const before = editor.state.doc;
        const found = window.readPasted(html);
        setTimeout(() => pasted(editor, textarea, before, found), 0); // once it is in
        return found.html;
      },
    });
  });

  function pasted(editor, textarea, before, found) {
    const row = textarea.closest(".order-machine .inline-related");
    const mayAdd = Boolean(row) && canAddTables();
    const text = summary(found, mayAdd);
    if (!text) return notice && notice.remove();
    const blocks = mayAdd ? addTables(row, found.tables) : [];
    const undo = () => {
      const { state } = editor;
      editor.off("update", whenUndone);
      editor.view.dispatch(state.tr.replaceWith(0, state.doc.content.size, before.content));
      remove(blocks);
      editor.view.focus();
    };
    const whenUndone = () => { // by Ctrl+Z: the tables go with the text they came with
      if (!editor.state.doc.eq(before)) return;
      editor.off("update", whenUndone);
      remove(blocks);
      if (notice) notice.remove();
      editor.view.focus();
    };
    if (blocks.length && !editor.state.doc.eq(before)) editor.on("update", whenUndone);
    setTimeout(() => { // a new block has taken the focus and said its name
      if (blocks.length) editor.view.focus();
      show(textarea.closest(".prose-editor"), text, undo);
    }, 0);
  }

  /* --- Plain fields, of every form in the admin: raised digits stay raised, what was struck out stays out. In a field
     of lines, a list gives one line an item, a table one line a row --- */
  const PLAIN = "#content-main form :is(textarea, input[type=text])";
  const ONE_LINE = "input, [name=lede], [name=description]";
  const squeezed = (text) => text.replace(/\s+/g, " ").trim();

  document.addEventListener("paste", (event) => {
    const field = event.target;
    const html = event.clipboardData && event.clipboardData.getData("text/html");
    if (event.defaultPrevented || !html || !field.matches || !field.matches(PLAIN)) return;
    const found = window.readPasted(html);
    const before = field.value;
    const isPlain = found.lines.length < 2 && squeezed(found.lines.join("")) === squeezed(event.clipboardData.getData("text/plain"));
    if (isPlain && !found.tables.length && !summary(found, true)) return;
    event.preventDefault();
    const lines = found.lines.join(field.matches(ONE_LINE) ? " " : "\n");
    field.setRangeText(lines, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    tell(field, found, () => (set(field, before), field.focus()));
  });

  function tell(place, found, undo) {
    const text = summary({ ...found, tables: [] }, true);
    if (text) show(place, text, undo);
  }

  /* table-grid.js, where cells went into cells */
  document.addEventListener("page-editor:pasted", ({ target, detail: { found, undo } }) => tell(target, found, undo));
})();
