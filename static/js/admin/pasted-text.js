/* Reads what other programs put on the clipboard: Word, Google Docs, Pages, Outlook, Excel, LibreOffice, web pages.
   `readPasted(html)` is all of it; paste.js calls it. Styles are read first, because only they tell what is bold,
   struck out or in a list, and then dropped. pasted-html.js writes the result. */
window.readPasted = (function () {
  const UNSEEN = "head, script, style, title, meta, link, xml, template, noscript, button, input, select, textarea";
  const PICTURE = "img, svg, object, embed, video, audio, iframe, canvas";
  const STRUCK = "del, s, strike, w\\:del, w\\:movefrom, text\\:deletion, text\\:tracked-changes";
  // Of tracked changes, as in content/models/rich_text.py: in class, role or data-…, or between two marks.
  const DELETED = /(?:^|[\s_-])(?:mso)?del(?:ete[ds]?|etion)?(?:$|[\s_-])/i;
  const WHOLLY_DELETED = /^del(?:ete[ds]?|etion)?$/i;
  const MARKED = /<suggestion-start\b[^>]*"deletion:([^"]*)"[^>]*>[\s\S]*?<suggestion-end\b[^>]*"deletion:\1"[^>]*>|(?:[^<>\s][\u0335\u0336]+)+/gi;
  const NOTHING = /^(0(\.0*)?[a-z%]*|transparent|rgba\([^)]*,\s*0(\.0*)?\))$/; // a size, a strength or a color that shows nothing
  const COMMENT_MARK = ".MsoCommentReference, .msocomanchor, a[href*='#cmnt']:not([href*='#cmnt_ref'])";
  const COMMENT = ".msocomtxt, [data-style*='mso-element:comment'], :is(div, p):has(> a[href*='#cmnt_ref'])";
  const BLOCK = "p, div, section, article, header, footer, main, aside, nav, blockquote, pre, address, figure, figcaption, center, form, details, summary, fieldset, dl, dt, dd, hr, tr, td, th, caption";
  const HEADING = "h1, h2, h3, h4, h5, h6, [role=heading], .MsoTitle, [class^=MsoHeading]";
  const NOTE = ".MsoFootnoteReference, .MsoEndnoteReference";
  const DONE = "[role=checkbox][aria-checked=true]"; // Google Docs strikes out what is done
  const RAISED = { 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹", "+": "⁺", "-": "⁻", "−": "⁻" };
  const LOWERED = { 0: "₀", 1: "₁", 2: "₂", 3: "₃", 4: "₄", 5: "₅", 6: "₆", 7: "₇", 8: "₈", 9: "₉", "+": "₊", "-": "₋", "−": "₋" };
  const NOTE_LETTERS = /^\s*[a-z](?:\s*,\s*[a-z])*\s*$/i; // of a footnote: “mg” with a raised “a” is not “mga”
  const RAISED_LETTERS = { a: "ᵃ", b: "ᵇ", c: "ᶜ", d: "ᵈ", e: "ᵉ", f: "ᶠ", g: "ᵍ", h: "ʰ", i: "ⁱ", j: "ʲ", k: "ᵏ", l: "ˡ", m: "ᵐ", n: "ⁿ", o: "ᵒ", p: "ᵖ", q: " q", r: "ʳ", s: "ˢ", t: "ᵗ", u: "ᵘ", v: "ᵛ", w: "ʷ", x: "ˣ", y: "ʸ", z: "ᶻ" };
  const BULLET = /^[•·▪◦‣●○■\uf0b7\uf0a7](?:\s+|$)/;

  /* --- Styles --- */
  /* Attributes that a browser would act on get another name before anything is parsed: nothing loads, nothing runs. */
  function inert(html) {
    const acting = /\s(style|src|srcset|poster|data|background|on\w+)(\s*=)/gi;
    return html
      .replace(/\b(?:x_)+(?=Mso)/g, "") // Outlook in a browser
      .replace(/<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
      .replace(/<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi, (tag) => tag.replace(acting, " data-$1$2"));
  }

  function styleSheet(html) {
    const rules = new Map();
    for (const [, text] of html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style/gi)) {
      for (const [, selectors, style] of text.replace(/<!--|-->|\/\*[\s\S]*?\*\//g, "").matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
        for (const selector of selectors.split(",")) rules.set(selector.trim().toLowerCase(), style);
      }
    }
    return rules;
  }

  function valueIn(style, name) {
    const found = [...style.matchAll(new RegExp(`(?:^|[;\\s])${name}\\s*:\\s*([^;]+)`, "gi"))].pop();
    return found ? found[1].trim().toLowerCase() : "";
  }

  /* --- Reading: one flat list of blocks, each with its runs of text --- */
  class Reader {
    constructor(rules, hasComments) {
      this.rules = rules;
      this.hasComments = hasComments; // as comments of HTML, as LibreOffice writes them
      this.blocks = [];
      this.open = null;
      this.lists = 0;
      this.tables = [];
      this.left = { picture: 0, comment: 0, "struck-out passage": 0, "table as lines": 0 };
    }

    style(element, name) {
      const own = valueIn(element.dataset.style || "", name);
      if (own) return own;
      const tag = element.localName;
      const rules = [...element.classList].flatMap((each) => [`${tag}.${each}`, `.${each}`]);
      return rules.map((rule) => valueIn(this.rules.get(rule.toLowerCase()) || "", name)).find(Boolean) || "";
    }

    close() {
      const block = this.open;
      this.open = null;
      if (!block) return;
      block.runs = trimmed(block.runs);
      if (!block.runs.length) return;
      if (block.kind === "p" && BULLET.test(block.runs[0].text)) {
        block.runs[0].text = block.runs[0].text.replace(BULLET, "");
        block.runs = trimmed(block.runs);
        if (!block.runs.length) return;
        Object.assign(block, { kind: "item", level: 1, list: "" });
      }
      this.blocks.push(block);
    }

    boundary() {
      if (this.open && this.open.runs.length) this.close();
    }

    begin(block) {
      this.close();
      this.open = { ...block, runs: [] };
    }

    write(text, state) {
      if (!this.open) {
        if (!text.trim()) return;
        this.begin(state.item ? { ...state.item, isMore: true } : { kind: "p" });
      }
      this.open.runs.push({ text: shifted(text, state.digits), bold: state.bold, italic: state.italic, href: state.href });
    }

    read(node, state) {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) this.write(child.data.replace(/\u00ad/g, "").replace(/\s+/g, " "), state);
        else if (child.nodeType === Node.ELEMENT_NODE) this.visit(child, state);
        else if (this.hasComments && child.nodeType === Node.COMMENT_NODE) this.left.comment++;
      }
    }

    visit(element, state) {
      if (element.matches(UNSEEN) || this.isHidden(element)) return;
      if (this.leavesOut(element)) return;
      if (element.localName === "br") return this.open && this.open.runs.push({ text: "\n" });
      const inner = this.inside(element, state);
      if (element.localName === "table") return this.table(element, inner);
      if (element.matches("ul, ol")) return this.list(element, inner);
      if (element.localName === "li") return this.item(element, inner);
      const listed = this.style(element, "mso-list").match(/l(\d+) level(\d+)/);
      const isHeading = this.isHeading(element) && !state.item;
      const [isCaption, isNote] = [".MsoCaption", ".MsoFootnoteText, .MsoEndnoteText"].map((each) => element.matches(each));
      if (isHeading) this.begin({ kind: "h3" });
      else if (isCaption || isNote) this.begin({ kind: "p", isCaption, isNote });
      else if (listed) this.begin(this.wordItem(element, listed));
      else if (element.matches(BLOCK)) this.boundary();
      this.read(element, inner);
      if (isHeading || isCaption || isNote || listed) this.close();
      else if (element.matches(BLOCK)) this.boundary();
    }

    isHeading(element) {
      return element.matches(HEADING) || (element.localName === "p" && /^[1-9]$/.test(this.style(element, "mso-outline-level")));
    }

    isHidden(element) {
      if (element.hasAttribute("hidden") || ["font-size", "opacity", "color"].some((name) => NOTHING.test(this.style(element, name)))) return true;
      return this.style(element, "display") === "none" || /^(hidden|collapse)/.test(this.style(element, "visibility")) || this.style(element, "mso-hide") === "all" || this.style(element, "mso-list") === "ignore";
    }

    leavesOut(element) {
      const is = (what) => (this.left[what]++, true);
      const lines = this.style(element, "text-decoration") + this.style(element, "text-decoration-line");
      const isStruck = element.matches(STRUCK) || isDeleted(element) || /line-through/.test(lines);
      if (isStruck && !element.closest(DONE)) return is("struck-out passage");
      if (element.matches(COMMENT_MARK)) return is("comment");
      if (element.matches(COMMENT)) return true; // its mark in the text was counted
      if (!element.matches(PICTURE)) return false;
      const isPixel = Math.max(element.getAttribute("width") ?? 9, element.getAttribute("height") ?? 9) < 3;
      return isPixel || element.hasAttribute("aria-roledescription") || is("picture");
    }

    inside(element, state) {
      const [weight, slant, height] = ["font-weight", "font-style", "vertical-align"].map((name) => this.style(element, name));
      const inner = { ...state };
      if (weight) inner.bold = /^(bold|[6-9]00)/.test(weight);
      else if (element.matches("b:not([id^=docs-internal]), strong")) inner.bold = true; // Google wraps all of it
      if (slant) inner.italic = /^(italic|oblique)/.test(slant);
      else if (element.matches("i, em")) inner.italic = true;
      if (element.localName === "sup" || height === "super" || element.matches(NOTE)) inner.digits = RAISED;
      if (element.localName === "sub" || height === "sub") inner.digits = LOWERED;
      if (element.localName === "a" && element.hasAttribute("href")) inner.href = window.honestLink(element.getAttribute("href").trim());
      return inner;
    }

    list(element, state) {
      this.boundary();
      const isOrdered = element.localName === "ol";
      const level = (state.item ? state.item.level : 0) + 1;
      const start = Number(element.getAttribute("start")) || 1;
      const item = { kind: "item", level, isOrdered, list: isOrdered ? `list ${++this.lists}` : "", start };
      this.read(element, { ...state, item });
      this.close();
    }

    item(element, state) {
      const item = { kind: "item", level: 1, list: "", ...state.item };
      const { ariaLevel, listid } = element.dataset; // Word in a browser: a list of its own for every item
      if (ariaLevel) Object.assign(item, { level: Number(ariaLevel), list: item.isOrdered ? `word ${listid}` : "" });
      this.begin(item);
      this.read(element, { ...state, item });
      this.close();
    }

    /* Word writes a list as paragraphs, each with its typed mark. */
    wordItem(element, [, list, level]) {
      const mark = [...element.querySelectorAll("[data-style]")].find((each) => this.style(each, "mso-list") === "ignore");
      const text = mark ? mark.textContent.trim() : "";
      const isOrdered = /^\(?(\d+|[a-z]{1,4})[.)]/i.test(text);
      return { kind: "item", level: Number(level), isOrdered, list: isOrdered ? `word ${list}` : "", start: parseInt(text, 10) || 1 };
    }

    table(element, state) {
      this.boundary();
      const rows = [...element.rows].map((row) => [...row.cells]);
      const all = rows.flat();
      const isLayout = element.querySelector("table") || !rows.some((row) => row.length > 1);
      if (isLayout) return this.read(element, state);
      const texts = rows.map((row) => row.map((cell) => this.cell(cell, state))).filter((row) => row.some(Boolean));
      const isMerged = all.some((cell) => cell.colSpan > 1 || cell.rowSpan > 1) || new Set(texts.map((row) => row.length)).size > 1;
      if (texts.length > 1 && !isMerged) return this.tables.push({ caption: element.caption ? element.caption.textContent.trim() : "", rows: texts, place: this.blocks.length });
      this.left["table as lines"] += isMerged ? 1 : 0;
      for (const row of texts) this.blocks.push({ kind: "p", runs: [{ text: line(row) }] });
    }

    cell(element, state) {
      const inner = new Reader(this.rules, this.hasComments);
      inner.left = this.left;
      if (!inner.leavesOut(element)) inner.read(element, inner.inside(element, state));
      inner.close();
      return inner.blocks.map(words).join("; ").replace(/\s+/g, " ").replaceAll("|", "/");
    }
  }

  function shifted(text, digits) {
    if (!digits) return text;
    if (digits === RAISED && NOTE_LETTERS.test(text)) return text.toLowerCase().replace(/[a-z]/g, (letter) => RAISED_LETTERS[letter]);
    const bare = text.replace(/^\[(\d+)\]$/, "$1"); // the mark of a footnote
    const isAll = bare.trim() && [...bare.trim()].every((sign) => digits[sign]);
    return isAll || /\d/.test(bare) ? [...bare].map((sign) => digits[sign] || sign).join("") : text;
  }

  /* The cells of a row as one line: what is left out keeps its place, so that the next one does not take it. */
  const line = (row) => row.slice(0, row.findLastIndex(Boolean) + 1).map((cell) => cell || "(empty)").join(" – ");

  const words = (block) => block.runs.map((run) => run.text).join("");

  /* `runs` without white space at the ends and without two spaces in a row. */
  function trimmed(runs) {
    let before = "\n";
    for (const run of runs) {
      if (/\s$/.test(before)) run.text = run.text.replace(/^ /, "");
      before = run.text || before;
    }
    const kept = runs.filter((run) => run.text);
    while (kept.length && !kept.at(-1).text.trim()) kept.pop();
    while (kept.length && !kept[0].text.trim()) kept.shift();
    if (kept.length) kept.at(-1).text = kept.at(-1).text.trimEnd();
    return kept;
  }

  /* Give each table its caption and, if no other text stands below it, its heading; return the blocks that stay. */
  function withoutTitles(blocks, tables) {
    const gone = new Set();
    const take = (block) => (gone.add(block), words(block));
    for (const table of tables) {
      const above = blocks.slice(0, table.place).filter((block) => !gone.has(block));
      const below = blocks.slice(table.place);
      if (above.at(-1)?.isCaption) table.caption = take(above.pop());
      else if (below[0]?.isCaption) table.caption = take(below.shift());
      const next = below.find((block) => !block.isNote);
      table.heading = (!next || next.kind === "h3") && above.at(-1)?.kind === "h3" ? take(above.at(-1)) : "";
    }
    return blocks.filter((block) => !gone.has(block));
  }

  function isDeleted(element) {
    const marks = [element.getAttribute("role"), ...Object.values(element.dataset)];
    return DELETED.test(element.className) || marks.some((each) => WHOLLY_DELETED.test(each ?? ""));
  }

  return function (html) {
    html = html.replace(MARKED, "");
    const reader = new Reader(styleSheet(html), /<meta name="generator" content="LibreOffice/i.test(html));
    reader.read(new DOMParser().parseFromString(inert(html), "text/html").body, { bold: false, italic: false, href: "" });
    reader.close();
    const { blocks, tables, left } = reader;
    const lines = [...blocks.map(words), ...tables.flatMap(({ rows }) => rows.map((row) => row.join(" | ")))];
    return { html: window.writePasted(withoutTitles(blocks, tables)), lines, tables, left };
  };
})();
