"""Sends requests with wrk, in rounds that take turns: a busy minute of the machine meets all alike."""

import re
import shutil
import statistics
import subprocess

LATENCY = re.compile(r"(50|99)%\s+([\d.]+)(us|ms|s)")
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1000}


def is_possible():
    return shutil.which("wrk") is not None


def one_round(url, *, connections, seconds, script=None):
    """Return requests per second and the median and 99th percentile of the answer time in milliseconds.

    `script` is a file in Lua that makes the requests, for wrk.
    """
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--latency",
        "-H",
        "Accept-Encoding: gzip",
        *(["-s", script] if script else []),
        url,
    ]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise RuntimeError(text)
    times = {name: float(value) * MILLISECONDS[unit] for name, value, unit in LATENCY.findall(text)}
    return float(RATE.search(text)[1]), times["50"], times["99"]


def in_turn(urls, *, rounds, connections, seconds, script=None):
    """Return for each name in `urls` the median over `rounds` of rate, median and 99th percentile."""
    results = {name: [] for name in urls}
    for number in range(rounds + 1):
        for name, url in urls.items():
            result = one_round(url, connections=connections, seconds=seconds, script=script)
            if number:  # the first round warms up
                results[name].append(result)
    return {
        name: tuple(statistics.median(column) for column in zip(*rows, strict=True))
        for name, rows in results.items()
    }
