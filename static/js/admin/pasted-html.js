/* Writes what pasted-text.js read as HTML, with only what a rich text may hold. Called by pasted-text.js. */
window.writePasted = function (blocks) {
  const page = document.implementation.createHTMLDocument("");
  const make = (tag, children) => {
    const element = page.createElement(tag);
    element.append(...children);
    return element;
  };
  const inline = (run, isPlain) => {
    if (run.text === "\n") return page.createElement("br");
    let node = page.createTextNode(run.text);
    if (run.italic && !isPlain) node = make("em", [node]);
    if (run.bold && !isPlain) node = make("strong", [node]);
    if (run.href) (node = make("a", [node])).setAttribute("href", run.href);
    return node;
  };
  const line = (block) => make(block.kind === "h3" ? "h3" : "p", block.runs.map((run) => inline(run, block.kind === "h3")));
  let lists = []; // those that are open, outer ones first

  function place(block) {
    while (lists.length && lists.at(-1).level > block.level) lists.pop();
    const last = lists.at(-1);
    if (block.isMore && last) return last.element.lastElementChild.append(line(block));
    const isSame = last && last.level === block.level && last.list === block.list && last.isOrdered === Boolean(block.isOrdered);
    if (!isSame) {
      if (last && last.level === block.level) lists.pop();
      const element = page.createElement(block.isOrdered ? "ol" : "ul");
      if (block.isOrdered && block.start > 1) element.setAttribute("start", block.start);
      (lists.length ? lists.at(-1).element.lastElementChild : page.body).append(element);
      lists.push({ element, level: block.level, list: block.list, isOrdered: Boolean(block.isOrdered) });
    }
    lists.at(-1).element.append(make("li", [line(block)]));
  }

  for (const block of blocks) {
    if (block.kind === "item") place(block);
    else {
      lists = [];
      page.body.append(line(block));
    }
  }
  return page.body.innerHTML;
};
