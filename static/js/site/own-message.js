// What a form about one's own message answered: Back leads to the empty form, not to the browser's question
// whether to send everything again. Loaded by intake/own_message.html; without it the browser asks.
history.replaceState(null, "", location.pathname + location.search);
