"""Does a file server keep what it should let go? `python3 bench/probe/leak.py MINUTES [JAR]`

Starts `serve` with uploads over a directory of its own and asks it for everything at once, as fast as it answers: small files on
connections that stay, large ones, ranges, listings, clients that leave in the middle, uploads, uploads that break off. Before and after,
when all clients have gone and the collector has run: descriptors, threads, memory, hidden files. The figures have to be level.
"""
import collections
import multiprocessing
import os
import random
import re
import resource
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time

WORKERS = 4
MIB = 1 << 20


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def answer(client, leave_after=None):
    """Reads an answer; returns its status, or None where it was left in the middle."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = client.recv(65536)
        if not more:
            raise ConnectionError("the answer ended in its head")
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    if b"chunked" in head.lower():
        while not (body.endswith(b"0\r\n\r\n")):
            body = body[-8:] + client.recv(65536)
    else:
        length = re.search(rb"(?i)content-length: (\d+)", head)
        left = int(length[1]) - len(body) if length else 0
        read = len(body)
        while left > 0:
            if leave_after is not None and read > leave_after:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", random.randint(0, 1), 0))
                return None
            more = client.recv(MIB)
            if not more:
                raise ConnectionError("the answer ended in its body")
            left -= len(more)
            read += len(more)
    return int(head[9:12])


def request(method, path, *fields):
    return ("\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *fields]) + "\r\n\r\n").encode()


def small(port):
    with connect(port) as client:
        for i in range(200):
            client.sendall(request("GET", f"/small{i % 50}"))
            answer(client)
    return 200


def large(port):
    with connect(port) as client:
        client.sendall(request("GET", "/large"))
        answer(client)
    return 1


def ranges(port):
    with connect(port) as client:
        for _ in range(20):
            first = random.randrange(30 * MIB)
            client.sendall(request("GET", "/large", f"Range: bytes={first}-{first + 100_000},-500"))
            assert answer(client) == 206
    return 20


def listing(port):
    with connect(port) as client:
        for query in ("", "?json", "?text"):
            client.sendall(request("GET", "/" + query))
            answer(client)
    return 3


def leaving(port):
    with connect(port) as client:
        client.sendall(request("GET", "/large"))
        answer(client, leave_after=random.randrange(20 * MIB))
    return 1


def half_a_head(port):
    with connect(port) as client:
        client.sendall(b"GET /small1 HT")
    return 1


def upload(port):
    name = f"/up{random.randrange(100)}"
    length = random.choice((0, 100, 70_000, 3 * MIB))
    with connect(port) as client:
        client.sendall(request("PUT", name, f"Content-Length: {length}") + bytes(length))
        status = answer(client)
        assert status in (201, 204, 409), status
        client.sendall(request("DELETE", name))
        answer(client)
    return 2


def broken_upload(port):
    with connect(port) as client:
        client.sendall(request("PUT", f"/broken{random.randrange(20)}", "Content-Length: 3000000") + bytes(random.randrange(MIB)))
    return 1


def work(port, seconds, counts):
    kinds = (small, large, ranges, listing, leaving, half_a_head, upload, broken_upload)
    done = collections.Counter()
    end = time.time() + seconds
    while time.time() < end:
        kind = random.choice(kinds)
        try:
            done[kind.__name__] += kind(port)
        except (OSError, AssertionError) as e:
            done[f"{kind.__name__}: {e!r}"[:100]] += 1
    counts.put(done)


def state(pid, directory):
    subprocess.run(["jcmd", str(pid), "GC.run"], check=True, stdout=subprocess.DEVNULL)
    heap = subprocess.run(["jcmd", str(pid), "GC.heap_info"], check=True, capture_output=True, text=True).stdout
    used = sum(int(n) for n in re.findall(r"(?:DefNew|Tenured)\s.*used (\d+)K", heap))
    status = open(f"/proc/{pid}/status").read()
    names = os.listdir(directory)
    return {
        "descriptors": len(os.listdir(f"/proc/{pid}/fd")),
        "threads": int(re.search(r"Threads:\s+(\d+)", status)[1]),
        "RSS MiB": int(re.search(r"VmRSS:\s+(\d+)", status)[1]) >> 10,
        "heap KiB": used,
        "partial uploads": sum(n.endswith(".part") and "broken" in n for n in names),
        "other hidden files": sum(n.startswith(".") and "broken" not in n for n in names),
    }


def load(port, seconds):
    counts = multiprocessing.Queue()
    workers = [multiprocessing.Process(target=work, args=(port, seconds, counts)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    total = sum((counts.get(timeout=seconds + 120) for _ in workers), collections.Counter())
    for worker in workers:
        worker.join()
    time.sleep(3)  # the server notices who has gone
    return total


def main():
    minutes = float(sys.argv[1])
    jar = sys.argv[2] if len(sys.argv) > 2 else "cli/target/jsendfile.jar"
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    directory = tempfile.mkdtemp(prefix="leak-")
    for i in range(50):
        with open(f"{directory}/small{i}", "wb") as file:
            file.write(bytes(i * 300))
    with open(f"{directory}/large", "wb") as file:
        file.write(os.urandom(MIB) * 32)
    server = subprocess.Popen(
        ["java", "-XX:+UseSerialGC", "-Xmx256m", "-jar", jar, "serve", directory, "--http", "0", "--upload", "--overwrite", "--access-log", "off"],
        stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    try:
        port = next(int(re.search(r":(\d+)/", line)[1]) for line in server.stderr if line.startswith("listening"))
        load(port, min(60, minutes * 6))  # classes, code, pools, the cache of open files
        before = state(server.pid, directory)
        done = load(port, minutes * 60)
        after = state(server.pid, directory)
        for kind, count in sorted(done.items()):
            print(f"{kind:60} {count}")
        print(f"{'':20} {'before':>10} {'after':>10}")
        for what in before:
            print(f"{what:20} {before[what]:>10} {after[what]:>10}")
    finally:
        server.terminate()
        _, said = server.communicate()
        print("".join(f"server: {line}\n" for line in said.splitlines()[:10]), end="")
        shutil.rmtree(directory)


if __name__ == "__main__":
    main()
