/* Keyboard and screen-reader access to the block editor: move buttons, focusable "+" and menu, names. */
(function () {
  const rows = (region) =>
    [...document.querySelectorAll(".order-machine .inline-related:not(.empty-form)")]
      .filter((row) => row.dataset.region === region)
      .sort((a, b) => a.style.order - b.style.order);

  const blockName = (row) => {
    const label = row.querySelector("h3 .inline_label, h3");
    return label ? label.textContent.trim().split("\n")[0] : "block";
  };

  function move(row, step, button) {
    const all = rows(row.dataset.region);
    const from = all.indexOf(row);
    const to = from + step;
    if (to < 0 || to >= all.length) return;
    [all[from], all[to]] = [all[to], all[from]];
    all.forEach((each, place) => {
      const value = 10 * (place + 1);
      each.style.order = value;
      each.querySelector(".order-machine-ordering").value = value;
    });
    button.focus();
    say(`${blockName(row)} is now block ${to + 1} of ${all.length}`);
  }

  function say(text) {
    let region = document.getElementById("editor-status");
    if (!region) {
      region = document.createElement("p");
      region.id = "editor-status";
      region.className = "visually-hidden";
      region.setAttribute("role", "status");
      document.body.append(region);
    }
    region.textContent = text;
  }

  function addMoveButtons(row) {
    const title = row.querySelector("h3");
    if (!title || title.querySelector(".move-block")) return;
    const box = document.createElement("span");
    box.className = "move-block";
    for (const [step, sign, label] of [[-1, "↑", "Move up"], [1, "↓", "Move down"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.setAttribute("aria-label", label);
      button.addEventListener("click", (event) => {
        event.stopPropagation();
        event.preventDefault();
        move(row, step, button);
      });
      box.append(button);
    }
    (title.querySelector(".inline_label") || title).after(box);
  }

  function makeReachable(target) {
    target.tabIndex = 0;
    target.setAttribute("role", "button");
    target.setAttribute("aria-label", "Add a block here");
  }

  const makeAllReachable = () => document.querySelectorAll(".order-machine-insert-target").forEach(makeReachable);

  document.addEventListener("content-editor:activate", (event) => {
    addMoveButtons(event.detail.inline);
    makeAllReachable();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    if (!event.target.matches(".order-machine-insert-target, .plugin-button")) return;
    event.preventDefault();
    event.target.click();
    if (!event.target.matches(".order-machine-insert-target.selected")) return;
    const menu = [...document.querySelectorAll(".plugin-buttons .plugin-button")].filter((b) => b.offsetParent);
    menu.forEach((button) => (button.tabIndex = 0));
    if (menu[0]) menu[0].focus();
  });

  // Upstream focuses a hidden input of a new block; the first field a person can type in is meant.
  document.addEventListener("formset:added", (event) =>
    setTimeout(() => {
      const fields = "input:not([type=hidden]), select, textarea, [contenteditable=true]";
      const field = [...event.target.querySelectorAll(fields)].find((f) => f.offsetParent && !f.closest("h3"));
      if (field) field.focus();
    }, 50),
  );

  document.addEventListener("DOMContentLoaded", () => setTimeout(makeAllReachable, 0));

  document.addEventListener("prose-editor:ready", (event) => {
    const area = event.detail.textarea;
    const label = document.querySelector(`label[for="${area.id}"]`);
    const name = (label ? label.textContent : area.name).trim().replace(/:$/, "");
    event.detail.editor.view.dom.setAttribute("aria-label", name);
  });
})();
