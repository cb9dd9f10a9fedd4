// Opens what is folded where a link leads: browsers of today open it themselves, and not at its heading.
// Loaded by base.html; without it one more tap opens it.
function unfold() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = place && place.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  place.scrollIntoView();
}

addEventListener("hashchange", unfold);
unfold();
