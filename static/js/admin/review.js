/* The review screen: asks before a note or comment that was typed and not sent is lost by another button. */
(function () {
  let sent = null;
  document.addEventListener("submit", (event) => (sent = event.target));
  addEventListener("beforeunload", (event) => {
    const fields = [...document.querySelectorAll(".publishing textarea, .publishing input[type=text]")];
    if (fields.some((field) => field.form !== sent && field.value !== field.defaultValue)) event.preventDefault();
  });
})();
