"""Exits with an explanation when the site cannot listen on a port. Called by try-site and serve as

check_port.py ADDRESS PORT COMMAND, where COMMAND is the word after `make` that an explanation names.
"""

import socket
import sys


def explain(problem, command, better):
    sys.exit(f"{problem}\nChoose another one, such as: make {command} PORT={better}")


def check(address, port, command):
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        explain(f"PORT={port} is not a port. A port is a number from 1 to 65535.", command, 8000)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as test:
        test.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        try:
            test.bind((address, int(port)))
        except PermissionError:
            explain(f"Port {port} is reserved for system services.", command, 8000)
        except OSError as error:
            problem = f"The site cannot listen on {address}, port {port}: {error.strerror}."
            explain(problem, command, int(port) % 65535 + 1)


if __name__ == "__main__":
    check(*sys.argv[1:])
