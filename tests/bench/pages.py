"""Pages: from memory against nginx and a bare view; bytes on the wire; memory; time to the first answer."""

import brotli

from tests.bench import load
from tests.bench.site import PATH, fetch, free_port, memory


def measure(site, *, rounds=5, seconds=3, connections=16):
    ours, seconds_to_answer = site.serve()
    print(f"first answer after start: {seconds_to_answer:.2f} s")
    html = fetch(site.url + PATH)[2]
    (site.folder / "page.html").write_bytes(html)
    print_bytes(site)
    if load.is_possible():
        print_rates(site, html, rounds, seconds, connections)
    else:
        print("requests per second: needs the program wrk (apt-get install wrk)")
    for pid, megabytes in memory(ours):
        print(f"memory of process {pid}: {megabytes:.0f} MB")


def print_rates(site, html, rounds, seconds, connections):
    nginx, bare = free_port(), free_port()
    if not site.serve_file(html, nginx):
        print("nginx is not installed: nothing to compare with")
        return
    site.serve("tests.bench.bare:application", port=bare)
    urls = {"ours": site.url, "nginx": f"http://127.0.0.1:{nginx}", "bare view": f"http://127.0.0.1:{bare}"}
    urls = {name: url + PATH for name, url in urls.items()}
    rates = load.in_turn(urls, rounds=rounds, connections=connections, seconds=seconds)
    print(f"\n{connections} connections, {rounds} rounds of {seconds} s in turn, one worker each")
    for name, (rate, median, most) in rates.items():
        print(f"  {name:10} {rate:8.0f} requests/s   p50 {median:6.2f} ms   p99 {most:6.2f} ms")
    print(f"  ours / nginx static     {rates['ours'][0] / rates['nginx'][0]:.2f}")
    print(f"  ours / bare Django view {rates['ours'][0] / rates['bare view'][0]:.1f}")


def print_bytes(site):
    _, headers, body = fetch(site.url + PATH, Accept_Encoding="br")
    sheet = brotli.decompress(body).decode().split('rel="stylesheet" href="')[1].split('"')[0]
    _, sheet_headers, sheet_body = fetch(site.url + sheet, Accept_Encoding="br")
    first = len(body) + len(sheet_body)
    around = len(headers.as_bytes()) + len(sheet_headers.as_bytes())
    status, again, nothing = fetch(site.url + PATH, Accept_Encoding="br", If_None_Match=headers["ETag"])
    print(f"first visit: page {len(body)} + stylesheet {len(sheet_body)} = {first} bytes, headers {around}")
    print(
        f"second visit: {status}, body {len(nothing)}, headers {len(again.as_bytes())} bytes; no stylesheet"
    )
