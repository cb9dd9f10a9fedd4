/* Shows beside each field of a translation what the original says there; content/admin/originals.py has the words. */
document.addEventListener("content-editor:ready", () => {
  const words = document.getElementById("original-words");
  for (const [id, text] of Object.entries(words ? JSON.parse(words.textContent) : {})) {
    const row = document.getElementById(id)?.closest(".form-row");
    if (!row) continue;
    const said = document.createElement("p");
    said.className = "original";
    said.lang = document.getElementById("page-editor").dataset.originalLanguage;
    said.textContent = text;
    row.append(said);
  }
});
