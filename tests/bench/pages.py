"""Pages: from memory against nginx and a bare view; bytes on the wire; memory; time to the first answer."""

from tests.bench import load
from tests.bench.site import PATH, fetch, free_port, memory

STARTS = 3


def measure(site, *, rounds=5, seconds=3, connections=16):
    starts = sorted(_start(site) for _ in range(STARTS))
    print(f"first answer after start: {starts[STARTS // 2]:.2f} s, slowest of {STARTS}: {starts[-1]:.2f} s")
    ours, _ = site.serve()
    html = fetch(site.url + PATH)[2]
    (site.folder / "page.html").write_bytes(html)
    print_bytes(site)
    if load.is_possible():
        print_rates(site, html, rounds, seconds, connections)
    else:
        print("requests per second: needs the program wrk (apt-get install wrk)")
    parent, *workers = (f"{megabytes:.0f} MB" for _, megabytes in memory(ours))
    print(f"memory per worker: {', '.join(workers)}; of the process that watches them: {parent}")


def _start(site):
    """Return the seconds from the start of a server of its own to its first page."""
    process, seconds = site.serve(port=free_port())
    process.terminate()
    process.wait(20)
    return seconds


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
    for other in ("nginx", "bare view"):
        ratios = [mine / theirs for mine, theirs in zip(rates["ours"], rates[other], strict=True)]
        print("  ours / {:10} requests/s {:.2f}   p50 {:.2f}   p99 {:.2f}".format(other, *ratios))


def print_bytes(site):
    """Print what goes over the wire, in brotli and for the few that only take gzip."""
    html = fetch(site.url + PATH)[2].decode()
    sheet = html.split('rel="stylesheet" href="')[1].split('"')[0]
    for encoding in ("br", "gzip"):
        _, headers, page = fetch(site.url + PATH, Accept_Encoding=encoding)
        _, sheet_headers, css = fetch(site.url + sheet, Accept_Encoding=encoding)
        both, around = len(page) + len(css), len(headers.as_bytes()) + len(sheet_headers.as_bytes())
        print(f"first visit, {encoding}: {len(page)} + {len(css)} = {both} bytes, headers {around}")
    status, again, nothing = fetch(site.url + PATH, Accept_Encoding="gzip", If_None_Match=headers["ETag"])
    print(
        f"second visit: {status}, body {len(nothing)}, headers {len(again.as_bytes())} bytes; no stylesheet"
    )
