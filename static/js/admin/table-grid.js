/* The rows of a table block as a grid of cells. What is saved stays one line a row, its cells apart by "|". */
(function () {
  const AREA = ".order-machine textarea[name^=table_blocks-][name$=-rows]";
  const START = [["", ""], ["", ""]];

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const button = (words, name, action) => {
    const made = make("button", { type: "button", className: "button", textContent: words, onclick: action });
    if (name) made.setAttribute("aria-label", name);
    return made;
  };

  function rowsIn(text) {
    const rows = text.split("\n").filter((line) => line.trim()).map((line) => line.split("|").map((cell) => cell.trim()));
    const width = Math.max(0, ...rows.map((row) => row.length));
    return rows.map((row) => [...row, ...Array(width - row.length).fill("")]);
  }

  /* A row that is still empty keeps its marks, so that the number of cells holds. */
  const textOf = (rows) => (rows.flat().some(Boolean) ? rows.map((row) => row.join(" | ")).join("\n") : "");

  class Grid {
    constructor(area) {
      this.area = area;
      this.box = make("div", { className: "table-grid" });
      area.before(this.box);
      const asText = make("details", { className: "table-grid__text" }, make("summary", { textContent: "As text, one row a line" }));
      area.after(asText);
      asText.append(area);
      area.addEventListener("input", () => this.isWriting || this.show());
      this.show();
    }

    show() {
      const rows = rowsIn(this.area.value);
      this.rows = rows.length ? rows : START.map((row) => [...row]);
      this.draw();
    }

    draw() {
      const table = make("table", {}, ...this.rows.map((row, y) => make("tr", {}, ...row.map((cell, x) => this.cell(cell, x, y)), this.rowEnd(y))));
      table.append(make("tr", {}, ...this.rows[0].map((_, x) => this.columnEnd(x)), make("td", {})));
      const actions = make("p", { className: "table-grid__actions" },
        button("Add a row", "", () => this.change((all) => all.push(all[0].map(() => "")), [0, this.rows.length])),
        button("Add a column", "", () => this.change((all) => all.forEach((row) => row.push("")), [this.rows[0].length, 0])));
      this.box.replaceChildren(make("div", { className: "table-grid__scroll" }, table), actions);
    }

    cell(text, x, y) {
      const input = make("input", { type: "text", value: text });
      input.setAttribute("aria-label", y ? `Row ${y}, column ${x + 1}` : `Heading of column ${x + 1}`);
      input.addEventListener("input", () => {
        this.rows[y][x] = input.value.replaceAll("|", "/");
        this.write();
      });
      input.addEventListener("keydown", (event) => event.key === "Enter" && this.down(event, x, y));
      input.addEventListener("paste", (event) => this.spread(event, x, y));
      return make("td", {}, input);
    }

    rowEnd(y) {
      const isNeeded = !y || this.rows.length < 3;
      return make("td", {}, ...(isNeeded ? [] : [button("×", `Delete row ${y}`, () => this.change((all) => all.splice(y, 1), [0, y - 1]))]));
    }

    columnEnd(x) {
      if (this.rows[0].length < 3) return make("td", {});
      return make("td", {}, button("×", `Delete column ${x + 1}`, () => this.change((all) => all.forEach((row) => row.splice(x, 1)), [0, 0])));
    }

    down(event, x, y) {
      event.preventDefault();
      if (y + 1 < this.rows.length) return this.focus(x, y + 1);
      this.change((all) => all.push(all[0].map(() => "")), [x, y + 1]);
    }

    /* Cells of a spreadsheet or of another table fill the cells from here on. */
    spread(event, x, y) {
      const html = event.clipboardData.getData("text/html");
      const found = html && window.readPasted(html);
      const table = found && found.tables[0];
      const plain = event.clipboardData.getData("text/plain");
      const pasted = table ? table.rows : plain.includes("\t") && plain.trim().split(/\r?\n/).map((line) => line.split("\t"));
      if (!pasted) return;
      event.preventDefault();
      const before = this.area.value;
      const undo = () => {
        this.area.value = before;
        this.area.dispatchEvent(new Event("input", { bubbles: true }));
      };
      const width = Math.max(this.rows[0].length, x + pasted[0].length);
      this.change((all) => {
        while (all.length < y + pasted.length) all.push([]);
        for (const row of all) while (row.length < width) row.push("");
        pasted.forEach((row, down) => row.forEach((cell, right) => (all[y + down][x + right] = cell.trim().replaceAll("|", "/"))));
      }, [x, y]);
      if (table) this.box.dispatchEvent(new CustomEvent("page-editor:pasted", { bubbles: true, detail: { found, undo } }));
    }

    change(action, [x, y]) {
      action(this.rows);
      this.write();
      this.draw();
      this.focus(x, y);
    }

    focus(x, y) {
      this.box.querySelectorAll("tr")[y].querySelectorAll("input")[x].focus();
    }

    write() {
      this.isWriting = true;
      this.area.value = textOf(this.rows);
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
      this.isWriting = false;
    }
  }

  const prepare = (root) => root.querySelectorAll(AREA).forEach((area) => area.closest(".empty-form, .table-grid__text") || new Grid(area));
  document.addEventListener("content-editor:ready", () => prepare(document));
  document.addEventListener("formset:added", (event) => event.target.closest(".order-machine") && prepare(event.target.parentElement));
})();
