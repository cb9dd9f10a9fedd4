/* "Show the page beside": the page as a phone shows it, made anew whenever typing pauses. What is typed goes to the
   server with the count of words (counter.js) and is kept by nobody; nothing in the frame runs, sends or leads away. */
(function () {
  const REMEMBERED = "vtc-live-preview"; // whether this browser had it open
  const editor = () => document.getElementById("page-editor");
  let frame = null;
  let button = null;

  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const script of page.querySelectorAll("script")) script.remove();
    const shown = frame.contentDocument;
    if (shown.head.childElementCount) return shown.body.replaceWith(page.body); // the styles stay, so nothing flickers
    shown.documentElement.replaceWith(page.documentElement);
    for (const type of ["click", "submit"]) shown.addEventListener(type, hold, true);
  }

  /* Folds open; links and buttons of the page lead nowhere. */
  function hold(event) {
    if (event.type === "submit" || event.target.closest("a, button")) event.preventDefault();
  }

  function toggle(isOn) {
    button.setAttribute("aria-expanded", String(isOn));
    button.textContent = isOn ? "Hide the page" : "Show the page beside";
    document.body.classList.toggle("has-live-preview", isOn);
    frame.closest("aside").hidden = !isOn;
    if (isOn) editor().dataset.showsPage = "yes";
    else delete editor().dataset.showsPage;
    localStorage.setItem(REMEMBERED, isOn ? "on" : "");
    if (isOn) document.dispatchEvent(new CustomEvent("page-editor:changed"));
  }

  document.addEventListener("page-editor:measured", ({ detail: { page_html } }) => page_html && frame && show(page_html));

  document.addEventListener("content-editor:ready", () => {
    const side = document.getElementById("live-preview");
    if (!side) return;
    frame = side.querySelector("iframe");
    button = document.createElement("button");
    button.type = "button";
    button.className = "button live-preview-button";
    button.setAttribute("aria-controls", side.id);
    button.addEventListener("click", () => toggle(side.hidden));
    document.querySelector(".tabs.regions .machine-collapse").after(button);
    toggle(localStorage.getItem(REMEMBERED) === "on");
  });
})();
