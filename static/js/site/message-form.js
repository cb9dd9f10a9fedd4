// The message form: shows first what went wrong, and leaves nothing behind on a shared phone.
// Everything works without it. Loaded by intake/send_message.html.
(() => {
  const form = document.getElementById("message-form");
  if (!form) return;
  const openedAt = Date.now();
  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();

  // A page that asks has no stopwatch: the answer to “Is this number right?” is quick.
  const stopwatch = form.elements.seconds_taken;
  if (stopwatch) form.addEventListener("submit", () => {
    stopwatch.value = Math.round((Date.now() - openedAt) / 1000);
  });

  // Back and Forward would show what was typed. reset() would bring back what the server printed into the
  // fields after an error, so each one is emptied. Offline the text stays: it has not reached us.
  // WebKit would even send the post of such an answer again to show it; with replaceState it gets a new form.
  addEventListener("pagehide", () => {
    if (!navigator.onLine) return;
    if (summary) history.replaceState(null, "", location.href);
    for (const field of form.elements) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = !summary && field.defaultChecked;
      else if (field.type === "select-one") field.selectedIndex = 0;
      else if (field.type !== "submit") field.value = "";
    }
  });
})();
