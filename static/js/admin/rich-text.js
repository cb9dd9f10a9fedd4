/* Starts the editor of a rich text once its field comes near the screen, is focused or touched, or was just added:
   a page of 200 blocks would start hundreds of them before anybody can type. Until then the field holds the text as it
   is saved, and everything that reads the form finds it there. Loaded for each RichTextField (content/models/rich_text.py). */
import { createEditor } from "django-prose-editor/configurable";

const MARK = "data-django-prose-editor-when-seen";
const NEAR = "1500px"; // before it can be seen
const started = new WeakMap(); // by field
const fieldsIn = (root) => [...root.querySelectorAll(`[${MARK}]`)].filter((field) => !field.id.includes("__prefix__"));

/* Return a promise of the editor of `field`, the same one for all who ask: focus and sight ask at once. */
function start(field) {
  if (!started.has(field)) started.set(field, begin(field));
  return started.get(field);
}

async function begin(field) {
  seen.unobserve(field);
  const isFocused = document.activeElement === field;
  const editor = await createEditor(field, JSON.parse(field.getAttribute(MARK)));
  field.classList.remove("waits");
  if (editor) skipDead(editor);
  if (editor && isFocused) editor.view.focus();
  return editor;
}

/* Buttons that can do nothing now are passed over by the Tab key. */
function skipDead(editor) {
  const settle = () => {
    const buttons = editor.view.dom.closest(".prose-editor").querySelectorAll(".prose-menubar button");
    for (const button of buttons) button.tabIndex = button.matches(".disabled") ? -1 : 0;
  };
  editor.on("transaction", settle);
  editor.on("create", settle); // that is when the buttons are made
}

const seen = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => start(entry.target)),
  { rootMargin: `${NEAR} 0px` },
);

function wait(field) {
  field.classList.add("waits");
  seen.observe(field);
}

/* Whoever works in a block must find its editors running: the next key is for them. */
function startAround({ target }) {
  const block = target.closest?.(".inline-related, .form-row");
  if (block) for (const field of fieldsIn(block)) if (field.matches(".waits")) start(field);
}

fieldsIn(document).forEach(wait);
document.addEventListener("formset:added", ({ target }) => fieldsIn(target).forEach(start));
for (const type of ["focusin", "pointerdown"]) document.addEventListener(type, startAround, true);
window.startRichText = start; // find-on-page.js
