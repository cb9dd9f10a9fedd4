/* Lists in a rich text: Tab leaves the field, as everywhere else. Left to itself, the editor would move the item of
   somebody who is only passing through. Ctrl+] and Ctrl+[ move it, or two buttons, which show in a list alone. */
(function () {
  const MOVES = [
    { key: "[", command: "liftListItem", icon: "format_indent_decrease", words: "Item one level out (Ctrl+[)" },
    { key: "]", command: "sinkListItem", icon: "format_indent_increase", words: "Item one level in (Ctrl+])" },
  ];

  document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => {
    const move = ({ command }) => editor.chain().focus()[command]("listItem").run();
    editor.view.setProps({ handleDOMEvents: { keydown: (_, event) => handle(event, move) } });
    editor.on("create", () => addButtons(editor, move)); // once the bar is there
  });

  /* Return whether the editor leaves the key alone: Tab is then the browser's. */
  function handle(event, move) {
    const found = event.ctrlKey && !event.altKey && MOVES.find(({ key }) => event.key === key);
    if (found) {
      event.preventDefault();
      move(found);
    }
    return event.key === "Tab" || Boolean(found);
  }

  function addButtons(editor, move) {
    const group = document.createElement("div");
    group.className = "prose-menubar__group";
    const buttons = MOVES.map((each) => button(each, () => move(each)));
    group.append(...buttons);
    editor.view.dom.closest(".prose-editor").querySelector(".prose-menubar").append(group);
    const show = () => {
      group.classList.toggle("hidden", !editor.isActive("listItem"));
      buttons.forEach((each, place) => {
        each.disabled = !editor.can()[MOVES[place].command]("listItem");
        each.classList.toggle("disabled", each.disabled);
      });
    };
    editor.on("transaction", show);
    show();
  }

  function button({ icon, words }, action) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "prose-menubar__button material-icons", title: words, textContent: icon });
    made.setAttribute("aria-label", words);
    made.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays where it is
    made.addEventListener("click", action);
    return made;
  }
})();
