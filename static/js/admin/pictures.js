/* Each field for a picture: a file is stored and shown as soon as it is chosen; a dialog has those uploaded before; the
   point that matters is set by a click on the picture or with the sliders. */
(function () {
  let dialog = null;

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  /* --- Choosing one that was uploaded before --- */
  async function open(field) {
    dialog ||= build();
    dialog.field = field;
    dialog.list.replaceChildren();
    dialog.status.textContent = "Loading…";
    dialog.showModal();
    const answer = await fetch(field.dataset.picturesUrl).catch(() => null);
    if (!answer || !answer.ok) return (dialog.status.textContent = "The pictures could not be loaded. Close and try again.");
    const { choices } = await answer.json();
    dialog.status.textContent = choices.length ? `${choices.length} pictures, the newest first` : "No picture was uploaded yet.";
    dialog.list.replaceChildren(...choices.map(item));
  }

  function build() {
    const made = make("dialog", { className: "insert-dialog picture-dialog" });
    made.setAttribute("aria-labelledby", "picture-dialog-title");
    made.status = make("p", {});
    made.status.setAttribute("role", "status");
    made.list = make("ul", {});
    const close = make("button", { type: "button", className: "button", textContent: "Close", onclick: () => made.close() });
    made.append(make("h2", { id: "picture-dialog-title", textContent: "Choose an uploaded picture" }), made.status, made.list, close);
    document.getElementById("content").append(made);
    return made;
  }

  function item({ digest, address, about }) {
    const image = make("img", { src: address, alt: "", loading: "lazy" });
    const choose = () => {
      dialog.close();
      take(dialog.field, digest, address);
      dialog.field.querySelector(".picture-choose").focus();
    };
    return make("li", {}, make("button", { type: "button", onclick: choose }, image, make("span", { textContent: about })));
  }

  function take(field, digest, address) {
    const kept = field.querySelector("input[type=hidden]");
    kept.value = digest;
    field.querySelector("input[type=file]").value = "";
    show(field, address);
    say(field, "");
    kept.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* --- A file --- */
  const say = (field, words) => (field.querySelector(".picture-said").textContent = words);

  /* Until it is stored, and if that fails, the file stays chosen and goes with the page when that is saved. */
  async function upload(field, input) {
    const [file] = input.files;
    if (!file) return;
    const body = new FormData();
    body.set("file", file);
    body.set("csrfmiddlewaretoken", input.form.elements.csrfmiddlewaretoken.value);
    say(field, "Uploading…");
    const answer = await fetch(field.dataset.picturesUrl, { method: "POST", body, redirect: "error" }).catch(() => null);
    if (input.files[0] !== file) return; // another one was chosen meanwhile
    if (answer?.ok) {
      const { digest, address } = await answer.json();
      return take(field, digest, address);
    }
    const known = answer?.status === 422 ? await answer.json() : {};
    say(field, known.error || "Not uploaded yet. It is uploaded when you save.");
  }

  function show(field, address) {
    let image = field.querySelector("img");
    if (!image) {
      image = make("img", { height: 120, alt: "The current picture" });
      field.prepend(image);
    }
    image.src = address;
    prepareFocus(field);
  }

  /* --- The point that matters --- */
  const slider = (field, name) => field.closest(".inline-related")?.querySelector(`input[name$="-${name}"]`);

  function prepareFocus(field) {
    const image = field.querySelector("img");
    const [x, y] = [slider(field, "focus_x"), slider(field, "focus_y")];
    if (!image || !x || !y || image.parentElement.matches(".picture-stage")) return;
    const dot = make("span", { className: "picture-dot" });
    const stage = make("span", { className: "picture-stage", title: "Click on the point that matters" });
    image.replaceWith(stage);
    stage.append(image, dot);
    const place = () => {
      dot.style.left = `${x.value}%`;
      dot.style.top = `${y.value}%`;
    };
    stage.addEventListener("click", ({ clientX, clientY }) => {
      const box = image.getBoundingClientRect();
      x.value = Math.round(((clientX - box.left) / box.width) * 100);
      y.value = Math.round(((clientY - box.top) / box.height) * 100);
      for (const each of [x, y]) each.dispatchEvent(new Event("input", { bubbles: true }));
    });
    for (const each of [x, y]) each.addEventListener("input", place);
    place();
  }

  /* --- Each field --- */
  function prepare(field) {
    if (field.closest(".empty-form") || field.querySelector(".picture-choose")) return;
    const button = make("button", { type: "button", className: "button picture-choose", textContent: "Choose an uploaded picture…" });
    button.addEventListener("click", () => open(field));
    const said = make("span", { className: "picture-said" });
    said.setAttribute("role", "status");
    const input = field.querySelector("input[type=file]");
    input.after(button, said);
    input.addEventListener("change", () => upload(field, input));
    prepareFocus(field);
  }

  const prepareAll = (within) => within.querySelectorAll(".picture-input").forEach(prepare);
  document.addEventListener("DOMContentLoaded", () => prepareAll(document));
  document.addEventListener("formset:added", (event) => prepareAll(event.target));
})();
