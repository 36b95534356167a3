#!/usr/bin/env python3
"""10,000 stalled transfers within the kernel's TCP memory, by unsentBytes alone: StalledCrowd.java, and here its peers.

usage: bench/probe/crowd.py [COUNT [UNSENT_BYTES]]

The figures of docs/decisions/0010-stall.md. Needs core/target/classes and 10,500 descriptors.
"""
import os, resource, socket, subprocess, sys, tempfile, threading

HERE = os.path.dirname(os.path.abspath(__file__))
CLASSES = os.path.join(HERE, "../../core/target/classes")


def main():
    count = int(sys.argv[1] if len(sys.argv) > 1 else 10000)
    unsent = int(sys.argv[2] if len(sys.argv) > 2 else 128 << 10)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard < count + 500 or not os.path.isdir(CLASSES):
        print("SKIPPED: too few descriptors, or core/target/classes is not there: run ./build", file=sys.stderr)
        return
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 << 10)
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
        subprocess.run([java, "-Xmx512m", "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED",
                        "-cp", CLASSES, os.path.join(HERE, "StalledCrowd.java"),
                        str(listener.getsockname()[1]), file.name, str(count), str(unsent), "25"], check=True)


if __name__ == "__main__":
    main()
