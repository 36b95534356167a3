#!/usr/bin/env python3
"""Whether hints to read ahead speed up sendfile(2) of a cold file: by default, POSIX_FADV_SEQUENTIAL, and WILLNEED so many MiB
ahead, over loopback TCP, interleaved in random order. The file is made cold by POSIX_FADV_DONTNEED.

usage: bench/probe/cold.py [MIB [ROUNDS]]

The table of docs/decisions/0012-cold-files.md.
"""
import os, random, socket, statistics, sys, tempfile, threading, time

CALL = 1 << 20
WAYS = ["no hint", "sequential", "willneed 1", "willneed 2", "willneed 4", "willneed 8"]


def once(file, size, way):
    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_SEQUENTIAL if way == "sequential" else os.POSIX_FADV_NORMAL)
    window = int(way.split()[1]) << 20 if way.startswith("willneed") else 0
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1)
    sender = socket.create_connection(listener.getsockname())
    peer, _ = listener.accept()
    listener.close()

    def read():
        buffer = bytearray(1 << 20)
        while peer.recv_into(buffer):
            pass

    reader = threading.Thread(target=read)
    reader.start()
    sent = hinted = 0
    longest, begin = 0.0, time.monotonic()
    while sent < size:
        call = time.monotonic()
        while window and hinted < min(size, sent + window):
            os.posix_fadvise(file, hinted, CALL, os.POSIX_FADV_WILLNEED)
            hinted += CALL
        sent += os.sendfile(sender.fileno(), file, sent, CALL)
        longest = max(longest, time.monotonic() - call)
    seconds = time.monotonic() - begin
    sender.close()
    reader.join()
    peer.close()
    return size / seconds / 1e6, longest * 1000


def main():
    size = int(sys.argv[1] if len(sys.argv) > 1 else 256) << 20
    rounds = int(sys.argv[2] if len(sys.argv) > 2 else 15)
    with tempfile.NamedTemporaryFile(dir=".") as file:
        for _ in range(size >> 20):
            file.write(os.urandom(1 << 20))
        file.flush()
        os.fsync(file.fileno())
        seen = {way: [] for way in WAYS}
        for _ in range(rounds + 1):  # the first is thrown away
            for way in random.sample(WAYS, len(WAYS)):
                seen[way].append(once(file.fileno(), size, way))
    print(f"{size >> 20} MiB, {rounds} rounds, load average {os.getloadavg()[0]:.1f}")
    print("| way | MB/s, median | against no hint | from to | longest call, ms, median |\n|---|---|---|---|---|")
    for way in WAYS:
        rates = [rate for rate, _ in seen[way][1:]]
        ratio = statistics.median(a / b for (a, _), (b, _) in zip(seen[way][1:], seen["no hint"][1:]))
        print(f"| {way} | {statistics.median(rates):.0f} | {ratio:.2f} | {min(rates):.0f} to {max(rates):.0f} |"
              f" {statistics.median(longest for _, longest in seen[way][1:]):.1f} |")


if __name__ == "__main__":
    main()
