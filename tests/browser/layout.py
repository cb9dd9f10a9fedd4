"""What is wrong with how a page is laid out at this moment: text that is lost, cut off or covered.

The checks run in the browser, on what it drew. test_access.py calls them.
"""

# WCAG 1.4.12: what a reader may set without losing anything.
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
ADD_STYLE = """
(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet];
}
"""
LOST_TEXT = """
() => {
  const wrong = [];
  const name = (element) => `<${element.tagName} class="${element.getAttribute("class") ?? ""}">`
    + element.textContent.trim().slice(0, 40);
  // Asked of every element and its ancestors, so the answers are kept.
  const inherits = (test, kept = new Map()) => function ask(element) {
    if (!element) return false;
    if (!kept.has(element)) kept.set(element, test(getComputedStyle(element)) || ask(element.parentElement));
    return kept.get(element);
  };
  const isForEarsOnly = inherits((style) => style.clip !== "auto");
  const scrolls = inherits((style) => style.overflowX === "auto");
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) wrong.push(`The page is ${wide} wide on a screen of ${innerWidth}.`);

  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    if (!element.checkVisibility() || !element.textContent.trim() || isForEarsOnly(element)) continue;
    const isCut = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1
      || /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
    if (isCut) wrong.push(`Cut off: ${name(element)}`);
  }

  // Every line of text as a box that is as high as its letters, with the block that it belongs to.
  const lines = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !parent.checkVisibility() || isForEarsOnly(parent)) continue;
    if (parent.closest("option, script, style, textarea, desc, title")) continue;
    let block = parent;
    const isInline = () => getComputedStyle(block).display === "inline" && !(block instanceof SVGElement);
    while (isInline()) block = block.parentElement;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const inset = box.height / 4;
      const [top, bottom] = [box.top + inset, box.bottom - inset];
      lines.push({ block, left: box.left, right: box.right, top, bottom });
      const isOff = box.left < -1 || box.right > innerWidth + 1;
      if (isOff && !scrolls(parent)) wrong.push(`Off the screen: ${name(parent)}`);
    }
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((line, index) => {
    for (let next = index + 1; next < lines.length && lines[next].top < line.bottom - 1; next++) {
      const other = lines[next];
      if (line.block.contains(other.block) || other.block.contains(line.block)) continue;
      if (Math.min(line.right, other.right) - Math.max(line.left, other.left) > 1)
        wrong.push(`Over each other: ${name(line.block)} and ${name(other.block)}`);
    }
  });
  return [...new Set(wrong)];
}
"""
BROKEN_WORDS = """
(selector) => {
  const broken = [], range = document.createRange();
  for (const element of document.querySelectorAll(selector)) {
    if (!element.checkVisibility()) continue;
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (texts.currentNode.parentElement.closest(".visually-hidden")) continue;
      for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        const lines = [...range.getClientRects()].filter((box) => box.width > 1);
        if (lines.length > 1 && lines.at(-1).top > lines[0].top + 8) broken.push(word[0]);
      }
    }
  }
  return broken;
}
"""
FOCUS = """
() => {
  const focused = document.activeElement;
  if (focused === document.body) return null;
  const style = getComputedStyle(focused), box = focused.getBoundingClientRect();
  const across = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const isSeen = (down) => {
    const top = document.elementFromPoint(across, down);
    return Boolean(top) && (focused.contains(top) || top.contains(focused) || top.control === focused);
  };
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  return {
    name: focused.getAttribute("aria-label") || (focused.labels?.[0] ?? focused).textContent.trim(),
    address: focused.getAttribute("href"),
    hasRing: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3
      && style.boxShadow !== "none",
    isInView: bottom - top > 0 && [top + 2, (top + bottom) / 2, bottom - 2].some(isSeen),
  };
}
"""


def add_style(page, text):
    """Add styles as a reader's own; the site's security policy does not touch them."""
    page.evaluate(ADD_STYLE, text)


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def lost_text(page):
    """Return one line for each text that is cut off, off the screen, or covered by other text."""
    return page.evaluate(LOST_TEXT)


def broken_words(page, selector):
    """Return the words, numbers and addresses in what `selector` finds that go on in the next line."""
    return page.evaluate(BROKEN_WORDS, selector)


def focus(page):
    """Return name and address of what has the focus, and whether one can see that; None on no element."""
    return page.evaluate(FOCUS)
