"""Three browser engines behind one small set of verbs, scripts on or off, cookies always blocked.

Firefox by Marionette, WebKitGTK by its WebDriver program, Chromium by Playwright. For test_engines.py
and tests/intake/test_shared_phone.py.
"""

import json
import os
import subprocess
import time
from contextlib import suppress
from glob import glob
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Error as PlaywrightError

from tests.support.firefox import Firefox, _free_port

ELEMENT = (
    "element-6066-11e4-a52e-4f735466cecf"  # the name that the WebDriver standard gives to a found element
)
STARTS_WITHIN_SECONDS = 30


class ChromiumVisitor:
    """A Chromium as somebody has it who blocks all cookies and site data in its settings."""

    def __init__(self, scripts, browser_type, launch_args):
        self._profile = TemporaryDirectory()
        settings = Path(self._profile.name) / "Default" / "Preferences"
        settings.parent.mkdir()
        settings.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
        self._context = browser_type.launch_persistent_context(
            self._profile.name, java_script_enabled=scripts, **launch_args
        )
        self._page = self._context.pages[0]

    def go(self, address):
        self._page.goto(address)

    def fill(self, selector, text):
        self._page.fill(selector, text)

    def click(self, selector):
        self._page.locator(selector).first.click()

    def back(self):
        self._page.go_back()

    def reload(self):
        self._page.reload()

    def value(self, selector):
        return self._page.input_value(selector)

    def text(self, selector):
        try:
            element = self._page.query_selector(selector)
            text = element and element.inner_text()
        except PlaywrightError as error:
            raise RuntimeError("the page is changing") from error
        if text is None:
            raise RuntimeError(f"no {selector} yet")
        return text

    def run(self, script):
        return self._page.evaluate(script)

    def cookies(self):
        return self._context.cookies()

    def close(self):
        self._context.close()
        self._profile.cleanup()


class FirefoxVisitor:
    def __init__(self, scripts):
        blocked = {"javascript.enabled": scripts, "network.cookie.cookieBehavior": 2}
        self._firefox = Firefox(**blocked)

    def go(self, address):
        self._firefox("WebDriver:Navigate", url=address)

    def fill(self, selector, text):
        self._firefox("WebDriver:ElementSendKeys", id=self._find(selector), text=text)

    def click(self, selector):
        self._firefox("WebDriver:ElementClick", id=self._find(selector))

    def back(self):
        self._firefox("WebDriver:Back")

    def reload(self):
        """Load the page again; say yes where the browser asks whether to send a form again."""
        self._firefox("WebDriver:Refresh")
        with suppress(RuntimeError):  # it asks nothing
            self._firefox("WebDriver:AcceptAlert")

    def value(self, selector):
        return self._firefox("WebDriver:GetElementProperty", id=self._find(selector), name="value")

    def text(self, selector):
        return self._firefox("WebDriver:GetElementText", id=self._find(selector))

    def run(self, script):
        return self._firefox("WebDriver:ExecuteScript", script=script, args=[])

    def cookies(self):
        return self._firefox("WebDriver:GetCookies")

    def close(self):
        self._firefox.close()

    def _find(self, selector):
        return self._firefox("WebDriver:FindElement", using="css selector", value=selector)[ELEMENT]


class WebKitVisitor:
    """A window on a screen that does not exist (Xvfb)."""

    def __init__(self, scripts):
        self._screen, display = _screen()
        self._port = _free_port()
        command = ["WebKitWebDriver", "--host=127.0.0.1", f"--port={self._port}"]
        environment = os.environ | {
            "DISPLAY": display,
            "NO_AT_BRIDGE": "1",
            "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
        }
        self._driver = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        [browser] = glob("/usr/lib/*/webkit2gtk-4.1/MiniBrowser")
        arguments = ["--automation", "--cookies-policy=never", f"--enable-javascript={str(scripts).lower()}"]
        wanted = {
            "browserName": "MiniBrowser",
            "acceptInsecureCerts": True,
            "webkitgtk:browserOptions": {"binary": browser, "args": arguments},
        }
        self._session = self._start({"capabilities": {"alwaysMatch": wanted}})

    def _start(self, capabilities):
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while True:
            try:
                return f"/session/{self._ask('POST', '/session', **capabilities)['sessionId']}"
            except ConnectionRefusedError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def _ask(self, method, path, **parameters):
        connection = HTTPConnection("127.0.0.1", self._port, timeout=STARTS_WITHIN_SECONDS)
        connection.request(method, path, json.dumps(parameters) if method == "POST" else None)
        value = json.loads(connection.getresponse().read())["value"]
        connection.close()
        if isinstance(value, dict) and "error" in value:
            raise RuntimeError(f"{path}: {value['error']} {value['message']}")
        return value

    def _find(self, selector):
        element = self._ask("POST", f"{self._session}/element", using="css selector", value=selector)
        return f"{self._session}/element/{element[ELEMENT]}"

    def go(self, address):
        self._ask("POST", f"{self._session}/url", url=address)

    def fill(self, selector, text):
        self._ask("POST", f"{self._find(selector)}/value", text=text)

    def click(self, selector):
        """Click; try again while the page still scrolls there and the driver finds nothing to hit."""
        element, until = self._find(selector), time.monotonic() + 10
        while True:
            try:
                return self._ask("POST", f"{element}/click")
            except RuntimeError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def back(self):
        self._ask("POST", f"{self._session}/back")

    def forward(self):
        self._ask("POST", f"{self._session}/forward")

    def reload(self):
        self._ask("POST", f"{self._session}/refresh")

    def value(self, selector):
        return self._ask("GET", f"{self._find(selector)}/property/value")

    def run(self, script, argument=None):
        return self._ask("POST", f"{self._session}/execute/sync", script=script, args=[argument])

    def text(self, selector):
        return self._ask("GET", f"{self._find(selector)}/text")

    def cookies(self):
        return self._ask("GET", f"{self._session}/cookie")

    def close(self):
        with suppress(OSError, RuntimeError):
            self._ask("DELETE", self._session)
        for process in (self._driver, self._screen):
            process.terminate()
            process.wait(timeout=STARTS_WITHIN_SECONDS)


def _screen():
    """Start a screen that nobody sees; return its process and its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        return screen, f":{told.readline().strip()}"
