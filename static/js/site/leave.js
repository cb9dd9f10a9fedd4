// The leave link: empties every form, blanks the page, and takes this page's place in the history.
// Loaded by base.html; without it the link in components/strip.html is a plain link.
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a.leave");
  if (!link) return;
  event.preventDefault();
  for (const form of document.forms) empty(form);
  document.body.hidden = true;
  window.location.replace(link.href);
});

// reset() would bring back what the server printed into the fields, so each one is emptied.
function empty(form) {
  for (const field of form.elements) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.type !== "hidden" && "value" in field) field.value = "";
  }
}
