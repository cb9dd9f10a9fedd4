"""Sends the message form in a browser with scripts, which stays until the site has the message."""

DECIDED = """() => (location.pathname.endsWith("/sent/") && document.readyState === "complete")
    || document.activeElement.matches(".error-summary")"""


def send(page):
    """Press the button, and wait for the page of thanks or for what is wrong."""
    page.get_by_role("button", name="Send message").click()
    page.wait_for_function(DECIDED)
