#!/usr/bin/env python3
"""What system calls a transfer makes, by strace, checked: 3 x 300 MB sent and received, then 4 KiB with a head.

usage: bench/probe/syscalls.py

Needs strace, and core/target/classes. Ends with 1 if a call is made that should not be.
"""
import os, re, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CLASSES = os.path.join(HERE, "../../core/target/classes")
SIZE = 300_000_000
OPENS = ["--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED"]


def trace(java, folder, *options):
    out = os.path.join(folder, "trace")
    run = subprocess.run(
        ["strace", "-f", "-qq", "-o", out, "-e",
         "trace=sendfile,splice,copy_file_range,fcntl,sendto,sendmsg,write,writev,recvfrom,read,pwrite64",
         java, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", *OPENS, *options, "-cp", CLASSES,
         os.path.join(HERE, "Traced.java"), os.path.join(folder, "file"), os.path.join(folder, "received")],
        stdout=subprocess.PIPE, text=True, check=True)
    print(run.stdout, end="")
    text = open(out).read()
    # a call that another thread interrupted is on two lines
    pending, calls = {}, []
    for line in text.splitlines():
        thread, rest = line.split(None, 1)
        if rest.endswith("<unfinished ...>"):
            pending[thread] = rest[:-len("<unfinished ...>")]
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", rest)
        calls.append(pending.pop(thread, "") + resumed.group(1) if resumed else rest)
    return calls


def of(calls, name):
    return [call for call in calls if call.startswith(name + "(")]


def result(call):
    return int(re.search(r"= (-?\d+)", call).group(1))


def main():
    if not shutil.which("strace"):
        print("SKIPPED: there is no strace", file=sys.stderr)
        return 0
    if not os.path.isdir(CLASSES):
        print("SKIPPED: core/target/classes is not there: run ./build", file=sys.stderr)
        return 0
    java = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
    wrong = []

    def check(holds, words):
        print(("ok     " if holds else "WRONG  ") + words)
        if not holds:
            wrong.append(words)

    with tempfile.TemporaryDirectory(dir=".") as folder:
        with open(os.path.join(folder, "file"), "wb") as file:
            file.write(os.urandom(1 << 20) * (SIZE >> 20) + os.urandom(SIZE % (1 << 20)))
        calls = trace(java, folder)
        without = trace(java, folder, "-Djsendfile.off=native")
    sends = [call for call in of(calls, "sendfile")]
    wanted = [int(re.search(r", (\d+)\)? *=", call).group(1)) for call in sends]
    moved = sum(max(0, result(call)) for call in sends)
    small = 3 * SIZE + 4096 - moved
    check(max(wanted) == 1 << 20, f"{len(sends)} sendfile calls of up to {max(wanted)} bytes")
    check(0 <= small < 0.03 * moved, f"{moved} bytes by sendfile, {small} by the writes of waits")
    check(not of(calls, "copy_file_range"), "no copy_file_range"
          f" (without native access, the JDK's: {len(of(without, 'copy_file_range'))})")
    into_file = [call for call in of(calls, "splice") if not re.match(r"splice\(\d+, NULL, \d+, NULL", call)]
    spliced = sum(max(0, result(call)) for call in into_file)
    check(spliced > 0.9 * 3 * SIZE, f"{len(of(calls, 'splice'))} splice calls, {spliced} bytes of {3 * SIZE} into the file")
    modes = [call for call in of(calls, "fcntl") if "F_SETFL" in call]
    check(len(modes) <= 7 and all("O_NONBLOCK" in call for call in modes),
          f"F_SETFL {len(modes)} times, each to O_NONBLOCK: once for each of the 7 ends that move something, by the JDK"
          f" (without native access: {sum('F_SETFL' in call for call in of(without, 'fcntl'))})")
    heads = [call for call in of(calls, "sendto") if "MSG_MORE" in call]
    check(len(heads) == 1 and result(heads[0]) == 200, "the head once by send with MSG_MORE: 200 bytes")
    check(sum(result(call) == 4096 and ", 4096) " in call for call in sends) == 1, "its 4 KiB by one sendfile")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
