#!/usr/bin/env python3
"""10,000 stalled transfers within the kernel's TCP memory, by unsentBytes alone: StalledCrowd.java, and here its peers.

usage: bench/probe/crowd.py [COUNT [UNSENT_BYTES [SO_RCVBUF]]]

UNSENT_BYTES 0 is no bound, SO_RCVBUF 0 leaves the peers' buffers to the kernel. Both ends are on this machine, so
/proc/net/sockstat counts both; what each end holds is told by ss -m. The figures of docs/decisions/0010-stall.md. Needs
core/target/classes, 10,500 descriptors, and for the ends ss.
"""
import os, re, resource, shutil, socket, subprocess, sys, tempfile, threading

HERE = os.path.dirname(os.path.abspath(__file__))
CLASSES = os.path.join(HERE, "../../core/target/classes")


def main():
    count = int(sys.argv[1] if len(sys.argv) > 1 else 10000)
    unsent = int(sys.argv[2] if len(sys.argv) > 2 else 128 << 10)
    rcvbuf = int(sys.argv[3] if len(sys.argv) > 3 else 16 << 10)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard < count + 500 or not os.path.isdir(CLASSES):
        print("SKIPPED: too few descriptors, or core/target/classes is not there: run ./build", file=sys.stderr)
        return
    listener = socket.socket()
    if rcvbuf:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, rcvbuf)
    listener.bind(("127.0.0.1", 0))
    listener.listen(4096)
    peers = []

    def accept():
        while True:
            peers.append(listener.accept()[0])

    threading.Thread(target=accept, daemon=True).start()
    java = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
    with tempfile.NamedTemporaryFile(dir=".") as file:
        file.write(os.urandom(1 << 20) * 16)
        file.flush()
        crowd = subprocess.Popen([java, "-Xmx512m", "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED",
                        "-cp", CLASSES, os.path.join(HERE, "StalledCrowd.java"),
                        str(listener.getsockname()[1]), file.name, str(count), str(unsent), "25"],
                                 stdout=subprocess.PIPE, text=True)
        for line in crowd.stdout:
            print(line, end="", flush=True)
            if line.startswith("all wait") and shutil.which("ss"):
                ends(listener.getsockname()[1])
        crowd.wait()


def ends(port):
    """What the kernel charges each end with: what is queued, and what it has in advance."""
    for name, whose, queued in (("sender", "dport", "w"), ("peer", "sport", "r")):
        out = subprocess.run(["ss", "-tmnH", "state", "established", f"{whose} = :{port}"],
                             stdout=subprocess.PIPE, text=True, check=True).stdout
        held = sorted(sum(int(re.search(rf"[(,]{key}(\d+)", line).group(1)) for key in (queued, "f"))
                      for line in re.findall(r"skmem:\(.*?\)", out))
        print(f"  {name}s: {len(held)} connections, {sum(held) / len(held) / 1024:.0f} KiB of kernel memory each"
              f" (from {held[0] >> 10} to {held[-1] >> 10}), {sum(held) >> 12} pages in all", flush=True)


if __name__ == "__main__":
    main()
