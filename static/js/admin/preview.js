/* The preview screen: links of the page open in a new tab, and its form sends nothing. */
(function () {
  const isSamePage = (link, frame) => link.href.split("#")[0] === frame.contentWindow.location.href.split("#")[0];

  function tame(frame) {
    const page = frame.contentDocument;
    if (!page) return;
    page.addEventListener("submit", (event) => event.preventDefault(), true);
    page.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || isSamePage(link, frame)) return;
      event.preventDefault();
      if (/^https?:/.test(link.href)) window.open(link.href, "_blank", "noopener");
    }, true);
  }

  for (const frame of document.querySelectorAll("iframe")) {
    frame.addEventListener("load", () => tame(frame));
    tame(frame);
  }
})();
