/* The field in which staff search for rows to choose (select2) has no name of its own: it takes the label's. */
addEventListener("load", () => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const field = select.parentElement.querySelector(".select2-search__field");
    if (label && field) field.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
  }
});
