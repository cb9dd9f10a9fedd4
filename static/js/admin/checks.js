/* What the checks find, beside each block and in the list below all of them. The server makes the list
   (checks.html); here it is renewed while one types, and its sum is read aloud once the typing rests. */
(function () {
  const REST = 3000; // milliseconds without typing
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const found = () => document.getElementById("page-checks-found");
  let told;
  let timer;

  const rowOf = (check) => {
    const link = check.querySelector("a");
    const row = link && document.getElementById(link.hash.slice(1));
    return row && row.matches(".inline-related") ? row : null;
  };

  function element(tag, className) {
    const made = document.createElement(tag);
    made.className = className;
    return made;
  }

  /* --- Beside each block --- */
  function markBlocks() {
    const checks = all("li", found());
    for (const row of all(".order-machine > .inline-related:not(.empty-form)")) {
      const own = checks.filter((check) => rowOf(check) === row);
      markTitle(row, own);
      listInside(row, own);
    }
  }

  function markTitle(row, checks) {
    const label = row.querySelector("h3 .inline_label");
    const errors = checks.filter((check) => check.matches(".check--error")).length;
    let mark = row.querySelector("h3 .mark");
    if (!checks.length) return mark && mark.remove();
    if (!mark) {
      mark = element("span", "mark");
      label.after(mark);
    }
    mark.id = `${row.id}-mark`;
    label.setAttribute("aria-describedby", mark.id);
    mark.textContent = errors ? `${errors} error${errors === 1 ? "" : "s"}` : "Warning";
    mark.classList.toggle("mark--error", errors > 0);
  }

  function listInside(row, checks) {
    const old = row.querySelector(".block-checks");
    if (old) old.remove();
    if (!checks.length) return;
    const list = element("ul", "block-checks");
    for (const check of checks) {
      const copy = check.cloneNode(true);
      copy.querySelector("a").remove(); // it leads here
      list.append(copy);
    }
    row.querySelector(":scope > fieldset").append(list);
  }

  /* --- The list below --- */
  function renew({ checks, sum }) {
    const box = found();
    if (!box) return;
    const focused = box.contains(document.activeElement) && document.activeElement.hash;
    box.innerHTML = checks;
    const again = focused && all("a", box).find((link) => link.hash === focused);
    if (again) again.focus();
    for (const place of all(".page-checks-sum")) place.textContent = sum;
    markBlocks();
    sayLater(sum);
  }

  function sayLater(sum) {
    clearTimeout(timer);
    if (told === undefined) told = sum; // what the page opened with is there to be read
    if (sum === told) return;
    timer = setTimeout(() => {
      told = sum;
      document.getElementById("page-checks-say").textContent = `Checks: ${sum}`;
    }, REST);
  }

  /* After a save that was refused, whoever types is led to why. */
  document.addEventListener("content-editor:ready", () => document.getElementById("save-problems")?.focus());

  document.addEventListener("input", () => clearTimeout(timer));
  /* The list that the page opened with comes with it, only its marks do not. */
  function begin() {
    told = document.querySelector(".page-checks-sum").textContent;
    markBlocks();
  }

  document.addEventListener("page-editor:measured", ({ detail }) => ("checks" in detail ? renew(detail) : begin()));
})();
