"""Messages: stored ones against ones that are only validated, through the server, in turn.

`make bench` runs it on SQLite, and once more by itself on the PostgreSQL of DATABASE_URL.
"""

import os
import tempfile

from tests.bench import load
from tests.bench.site import Site

# Each message is another one, from another network: copies cost less, and many from one are suspected.
SCRIPT = """
local head = {["Content-Type"] = "application/x-www-form-urlencoded"}
local fields = "reason=question&reply_by=call&phone=714-555-0123&name=Bench&message=Number+"
local run, number = tostring(os.time()) .. tostring({}):gsub("%W", ""), 0
request = function()
  number = number + 1
  head["X-Forwarded-For"] = string.format("2001:db8:%x:%x::1", math.floor(number / 65536), number % 65536)
  return wrk.format("POST", nil, head, fields .. run .. "-" .. number)
end
"""


def measure(site, *, rounds=5, seconds=3, connections=16):
    """Print how many messages a second are on disk, beside those that are forgotten after the checks."""
    site.environment["BENCH_URLS"] = "tests.bench.plain_page"
    site.serve()
    script = site.folder / "message.lua"
    script.write_text(SCRIPT)
    urls = {"stored": f"{site.url}/contact/", "only validated": f"{site.url}/only-validate/"}
    rates = load.in_turn(urls, rounds=rounds, connections=connections, seconds=seconds, script=script)
    for name, (rate, median, most) in rates.items():
        print(f"  {name:15} {rate:6.0f} a second   p50 {median:6.2f} ms   p99 {most:6.2f} ms")
    print(f"  stored / only validated {rates['stored'][0] / rates['only validated'][0]:.2f}")


def main():
    url = os.environ["DATABASE_URL"]
    print("\n== Messages on PostgreSQL", flush=True)
    with tempfile.TemporaryDirectory() as folder, Site(folder, database_url=url) as site:
        measure(site)


if __name__ == "__main__":
    main()
