"""socket.sendfile of CPython: the same dialogue as sendfile.c.

  sendfile.py FILE HOST PORT
"""

import socket
import sys
import time


def main(path, host, port):
    for line in iter(sys.stdin.readline, ""):
        total = [0, 0, 0, 0]
        for _ in range(int(line)):
            with open(path, "rb") as file, socket.create_connection((host, int(port))) as sock:
                before = clocks()
                total[0] += sock.sendfile(file)
                for i, (start, end) in enumerate(zip(before, clocks()), 1):
                    total[i] += end - start
        print(*total, flush=True)


def clocks():
    return time.thread_time_ns(), time.process_time_ns(), time.monotonic_ns()


main(*sys.argv[1:])
