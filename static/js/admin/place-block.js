/* "Move or copy…" in the title bar of a block: moves it to a place by its number, or copies it to the end of another page. */
(function () {
  let dialog = null;
  let asked = null; // for the pages: once, or a late second answer would undo what was chosen

  const editor = () => document.getElementById("page-editor").dataset;
  const rows = () =>
    [...document.querySelectorAll(".order-machine > .inline-related:not(.empty-form)")].sort((a, b) => a.style.order - b.style.order);
  const nameOf = (row) => row.querySelector("h3 .inline_label").getAttribute("aria-label") || "this block";

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  const button = (words, onclick) => make("button", { type: "button", className: "button", textContent: words, onclick });
  const field = (words, control) => make("p", { className: "insert-dialog__field" }, make("label", { htmlFor: control.id, textContent: words }), control);

  function build() {
    const made = make("dialog", { className: "insert-dialog" });
    made.setAttribute("aria-labelledby", "place-title");
    made.heading = make("h2", { id: "place-title" });
    made.number = make("input", { type: "number", id: "place-number", min: 1 });
    made.place = make("select", { id: "place-choice" });
    made.page = make("select", { id: "place-page" });
    made.status = make("p", { className: "insert-dialog__status" });
    made.status.setAttribute("role", "status");
    made.number.addEventListener("input", () => (made.place.value = made.number.value));
    made.place.addEventListener("input", () => (made.number.value = made.place.value));
    made.number.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), move()));
    made.copying = make("div", {}, field("Copy to the end of the draft of", made.page), button("Copy", copy));
    made.append(
      made.heading,
      field("Move to place", made.number), field("Or choose the place", made.place), button("Move", move),
      made.copying, made.status, button("Close", () => made.close()),
    );
    document.getElementById("content").append(made);
    return made;
  }

  function open(row) {
    dialog ||= build();
    dialog.row = row;
    const all = rows();
    const here = all.indexOf(row) + 1;
    dialog.heading.textContent = nameOf(row);
    dialog.number.max = all.length;
    dialog.number.value = here;
    dialog.place.replaceChildren(...all.map((each, i) => new Option(each === row ? `${i + 1}: here` : `${i + 1}: where “${nameOf(each)}” is`, i + 1)));
    dialog.place.value = here;
    dialog.status.textContent = "";
    dialog.copying.hidden = !editor().copyUrl;
    dialog.showModal();
    dialog.number.select();
    if (editor().copyUrl) asked ||= loadPages();
  }

  async function loadPages() {
    const answer = await fetch(editor().insertUrl).catch(() => null);
    if (!answer?.ok) return void (asked = null); // the next opening asks again
    const { pages } = await answer.json();
    const others = pages.filter(({ key }) => String(key) !== editor().page);
    dialog.page.replaceChildren(...others.map(({ key, name }) => new Option(name, key)));
  }

  function move() {
    const to = Math.min(Math.max(1, Math.round(Number(dialog.number.value) || 1)), rows().length);
    dialog.close();
    document.dispatchEvent(new CustomEvent("page-editor:place", { detail: { row: dialog.row, to } }));
  }

  async function copy() {
    const typed = new FormData(document.getElementById("page_form"));
    for (const [name, value] of [...typed]) if (typeof value !== "string") typed.delete(name);
    typed.set("block", dialog.row.id);
    typed.set("to", dialog.page.value);
    dialog.status.textContent = "Copying…";
    const answer = await fetch(editor().copyUrl, { method: "POST", body: typed, redirect: "error" }).catch(() => null);
    const said = answer && /json/.test(answer.headers.get("Content-Type")) ? await answer.json() : { error: "Not copied. Try again." };
    dialog.status.replaceChildren(said.text || said.error);
    if (said.url) dialog.status.append(" ", make("a", { href: said.url, target: "_blank", textContent: "Open it" }));
  }

  function prepare(row) {
    if (row.matches(".empty-form") || row.querySelector(".place-block") || !row.querySelector(".move-block")) return;
    const icon = make("span", { className: "material-icons", textContent: "more_horiz", ariaHidden: "true" });
    const made = make("button", { type: "button", className: "place-block", title: "Move or copy…" }, icon);
    made.dataset.words = "Move or copy"; // editor.js adds the name of the block
    made.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      open(row);
    });
    row.querySelector(".move-block").append(made);
    document.dispatchEvent(new CustomEvent("page-editor:name", { detail: row }));
  }

  const all = () => rows().forEach(prepare);
  document.addEventListener("content-editor:ready", all);
  document.addEventListener("formset:added", () => setTimeout(all, 0));
})();
