/* The field in which staff search for rows to choose (select2) has no name of its own: it takes the label's.
   Django makes the fields when jQuery is ready, which can be after the load: this waits for its turn behind it. */
addEventListener("load", () => django.jQuery(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const field = select.parentElement.querySelector(".select2-search__field");
    if (label && field) field.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
  }
}));
