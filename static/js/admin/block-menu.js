/* The keyboard in the edit form's “+”, its menu of blocks, and the titles of blocks; editor.js makes them reachable. */
(function () {
  const buttons = () => [...document.querySelectorAll(".plugin-buttons .plugin-button")].filter((button) => button.offsetParent);

  function openMenu(target) {
    target.click();
    if (!target.classList.contains("selected")) return;
    buttons()[0]?.focus();
  }

  function stepInMenu(event) {
    const shown = buttons();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = shown[(shown.indexOf(event.target) + step + shown.length) % shown.length];
    event.preventDefault();
    next.focus();
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (!target.matches) return;
    if (target.matches(".plugin-button") && /^Arrow(Up|Down)$/.test(event.key)) return stepInMenu(event);
    if (event.key === "Escape") {
      const open = document.querySelector(".order-machine-insert-target.selected");
      if (open) open.focus();
    }
    if (event.key !== "Enter" && event.key !== " ") return;
    if (target.matches(".order-machine-insert-target")) openMenu(target);
    else if (target.matches(".plugin-button, .inline_label[role=button]")) target.click();
    else return;
    event.preventDefault();
  });
})();
