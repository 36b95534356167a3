#!/usr/bin/env python3
"""What a bound on the sender costs over a far path: two network namespaces, a TUN relay that delays (delay.c), tc tbf
for the rate, the kernel's own TCP end to end, JSendfile as the sender (FarSender.java).

usage: sudo bench/probe/far.py [--ms 100] [--mbit 200] [--seconds 12] [--runs 3] [--mtu 1500]

The table of docs/decisions/0010-stall.md. Needs root, ip, tc, /dev/net/tun, cc, and core/target/classes.
"""
import argparse, os, re, shutil, socket, statistics, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
CLASSES = os.path.join(HERE, "../../core/target/classes")
BOUNDS = ["none", f"unsent={128 << 10}", f"sndbuf={64 << 10}", f"sndbuf={1 << 20}"]
RECEIVER = """
import socket, sys, time
l = socket.socket(); l.bind(("10.99.0.2", 0)); l.listen(1); print(l.getsockname()[1], flush=True)
c, _ = l.accept(); buffer = bytearray(1 << 20); begin = None; start = taken = 0
while True:
    try: n = c.recv_into(buffer)
    except ConnectionResetError: break  # the sender's time is over
    if not n: break
    now = time.monotonic()
    begin = begin or now
    if now - begin >= 4:  # slow start is over
        start = start or now
        taken += n
        last = now
print(taken / (last - start) / 1e6 if start and last > start else 0)
"""


def skip(reason):
    print("SKIPPED: " + reason, file=sys.stderr)
    sys.exit(0)


def run(*words):
    subprocess.run(words, check=True)


def main():
    options = argparse.ArgumentParser()
    for name, value in (("ms", 100), ("mbit", 200), ("seconds", 12), ("runs", 3), ("mtu", 1500)):
        options.add_argument("--" + name, type=int, default=value)
    options = options.parse_args()
    if os.geteuid():
        skip("namespaces need root")
    for tool in ("ip", "tc", "cc"):
        if not shutil.which(tool):
            skip("there is no " + tool)
    if not os.path.exists("/dev/net/tun"):
        skip("there is no /dev/net/tun")
    if not os.path.isdir(CLASSES):
        skip("core/target/classes is not there: run ./build")
    java = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
    near, far = (f"jsendfile-{side}-{os.getpid()}" for side in ("near", "far"))
    with tempfile.TemporaryDirectory(dir=".") as folder:
        relay = os.path.join(folder, "delay")
        run("cc", "-O2", "-o", relay, os.path.join(HERE, "delay.c"))
        file = os.path.join(folder, "file")
        with open(file, "wb") as out:
            for _ in range(512):
                out.write(os.urandom(1 << 20))
        made, process = [], None
        try:
            for namespace in (near, far):
                run("ip", "netns", "add", namespace)
                made.append(namespace)
            process = subprocess.Popen([relay, near, far, str(options.ms / 2)], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True)
            process.stdout.readline()
            for namespace, number in ((near, 1), (far, 2)):
                run("ip", "-n", namespace, "address", "add", f"10.99.0.{number}/24", "dev", "path")
                run("ip", "-n", namespace, "link", "set", "path", "mtu", str(options.mtu), "txqueuelen", "20000", "up")
            run("tc", "-n", near, "qdisc", "add", "dev", "path", "root", "tbf", "rate", f"{options.mbit}mbit",
                "burst", "128k", "limit", str(options.mbit * 125 * options.ms))  # a queue of one round trip
            measure(options, java, near, far, file)
        finally:
            if process:
                process.stdin.close()
                process.wait()
            for namespace in made:
                run("ip", "netns", "delete", namespace)


def measure(options, java, near, far, file):
    rates = {bound: [] for bound in BOUNDS}
    for _ in range(options.runs):
        for bound in BOUNDS:
            receiver = subprocess.Popen(["ip", "netns", "exec", far, sys.executable, "-c", RECEIVER],
                                        stdout=subprocess.PIPE, text=True)
            port = receiver.stdout.readline().strip()
            sent = subprocess.run(["ip", "netns", "exec", near, java, "--enable-native-access=ALL-UNNAMED", "-cp", CLASSES,
                                   os.path.join(HERE, "FarSender.java"), "10.99.0.2", port, file, bound,
                                   str(options.seconds)], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
            rate = float(receiver.stdout.read())
            receiver.wait()
            rates[bound].append(rate)
            print(f"{bound}: {rate:.2f} MB/s ({sent})", flush=True)
    print(f"\n{options.ms} ms, {options.mbit} Mbit/s, load average {os.getloadavg()[0]:.1f}\n")
    for bound in BOUNDS:
        print(f"| {bound} | {statistics.median(rates[bound]):.2f} | {min(rates[bound]):.2f} to {max(rates[bound]):.2f} |")


if __name__ == "__main__":
    main()
