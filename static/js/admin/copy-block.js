/* Duplicates a block, and brings back one that was removed before it was ever saved: both are a new block with the
   values of another. Works on the forms of Django's inlines. */
(function () {
  const PLACES = /-(id|parent|region|ordering|DELETE)$/;
  const editors = new Map(); // by their textarea
  let notice = null;

  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => editors.set(textarea, editor));

  const rows = () =>
    [...document.querySelectorAll(".order-machine > .inline-related:not(.empty-form)")].sort((a, b) => a.style.order - b.style.order);
  const prefixOf = (row) => row.id.replace(/-\d+$/, "");
  const fieldsOf = (row) => [...row.querySelectorAll("[name]")].filter((field) => field.name.startsWith(`${row.id}-`) && !PLACES.test(field.name));
  const nameIn = (row, field) => field.name.slice(row.id.length);

  function valuesOf(row) {
    return fieldsOf(row).map((field) => ({ name: nameIn(row, field), value: field.value, isChecked: field.checked, files: field.files }));
  }

  function fill(row, values) {
    for (const { name, value, isChecked, files } of values) {
      const same = fieldsOf(row).filter((field) => nameIn(row, field) === name);
      const field = same.length > 1 ? same.find((each) => each.value === value) : same[0];
      if (!field) continue;
      if (files) field.files = files;
      else if (/^(checkbox|radio)$/.test(field.type)) field.checked = isChecked;
      else write(field, value);
      field.dispatchEvent(new Event(field.type === "checkbox" ? "change" : "input", { bubbles: true }));
    }
  }

  /* A rich text is made a moment after its block, from the text that stands in its field by then. */
  function write(field, value) {
    field.value = value;
    field.addEventListener("prose-editor:ready", ({ detail: { editor } }) => editor.getHTML() === value || editor.commands.setContent(value), { once: true });
    if (editors.has(field)) editors.get(field).commands.setContent(value);
  }

  function add(prefix, values, before) {
    let made;
    document.addEventListener("formset:added", (event) => (made = event.target), { once: true });
    window.ContentEditor._insertBefore = before;
    window.ContentEditor.addContent(prefix);
    fill(made, values);
    return made;
  }

  const after = (row) => rows()[rows().indexOf(row) + 1] || null;

  /* --- Duplicate --- */
  function prepare(row) {
    if (row.matches(".empty-form") || row.querySelector(".duplicate-block") || !document.querySelector(`#${prefixOf(row)}-group .add-row a`)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "duplicate-block";
    const icon = document.createElement("span");
    icon.className = "material-icons";
    icon.setAttribute("aria-hidden", "true");
    icon.textContent = "content_copy";
    button.append(icon);
    button.title = "Duplicate";
    const label = row.querySelector("h3 .inline_label");
    const tell = () => button.setAttribute("aria-label", `Duplicate ${label.getAttribute("aria-label") || ""}`);
    new MutationObserver(tell).observe(label, { attributes: true, attributeFilter: ["aria-label"] });
    tell();
    button.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      add(prefixOf(row), valuesOf(row), after(row));
    });
    row.querySelector(".move-block").append(button);
  }

  /* --- Undo of removing --- */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".order-machine .inline-deletelink");
    if (!link) return;
    const row = link.closest(".inline-related");
    const [prefix, values, before, name] = [prefixOf(row), valuesOf(row), after(row), link.getAttribute("aria-label").replace("Remove ", "")];
    setTimeout(() => row.isConnected || offer(name, () => add(prefix, values, before?.isConnected ? before : null), before), 0);
  }, true);

  function offer(name, undo, before) {
    if (notice) notice.remove();
    notice = document.createElement("p");
    notice.className = "removed-notice";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "Undo";
    button.setAttribute("aria-label", `Undo removing ${name}`);
    button.addEventListener("click", () => {
      notice.remove();
      undo();
    });
    notice.append(`Removed: ${name}. `, button);
    if (before) before.before(notice);
    else document.querySelector(".order-machine").after(notice);
    notice.style.order = before ? before.style.order : "";
    document.dispatchEvent(new CustomEvent("page-editor:say", { detail: `Removed: ${name}` }));
    button.focus();
  }

  const all = () => rows().forEach(prepare);
  document.addEventListener("content-editor:ready", all);
  document.addEventListener("formset:added", () => setTimeout(all, 0));
})();
