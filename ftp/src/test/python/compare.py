"""The same dialogues with a server and with pyftpdlib; prints where their replies differ and no reason is known.

    python3 compare.py PORT ROOT [EVERY | TITLE]

PORT is the server's, ROOT the directory it serves to `user` (password `12345`, all rights) and to `anonymous`
(read-only). EVERY thins out the single commands: 10 takes each tenth. TITLE takes the dialogues that have it in their
title. Exits with 1 if there is a difference that `differences.py` has no reason for.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import dialogues
import differences
from dialogue import Client

TIME = 1_000_000_000


def plant(root):
    """Makes the files anew."""
    for name in os.listdir(root):
        path = os.path.join(root, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.remove(path)
    for name in dialogues.DIRECTORIES:
        os.mkdir(os.path.join(root, name), 0o755)
    for name, content in dialogues.FILES.items():
        with open(os.path.join(root, name), "wb") as file:
            file.write(content)
        os.chmod(os.path.join(root, name), 0o644)
    for name, target in dialogues.LINKS.items():
        os.symlink(target, os.path.join(root, name))
    for folder, folders, files in os.walk(root, topdown=False):
        for name in folders + files:
            os.utime(os.path.join(folder, name), (TIME, TIME), follow_symlinks=False)
    os.utime(root, (TIME, TIME))


def files(root):
    """All that is there, with content and mode."""
    found = {}
    for folder, folders, names in os.walk(root):
        for name in folders + names:
            path = os.path.join(folder, name)
            shown = re.sub(r"\.[0-9a-z_]{8,12}$", ".N", os.path.relpath(path, root))
            if os.path.islink(path) or not os.path.isfile(path):
                found[shown] = "%o" % os.lstat(path).st_mode
            else:
                with open(path, "rb") as file:
                    found[shown] = "%o %d %r" % (os.stat(path).st_mode, os.stat(path).st_mtime == TIME, file.read()[:99])
    return found


def plain(replies):
    """Replies without what differs by its nature: ports, inodes, names made up."""
    return [[normal(line) for line in reply] for reply in replies]


def normal(text):
    if text.startswith("data: "):
        lines = sorted(fact(line) for line in text[6:].split("\r\n")[:400])
        return "data: " + "|".join(line for line in lines if line)
    text = re.sub(r"\(\|\|\|\d+\|\)", "(|||N|)", text)
    text = re.sub(r"\([\d,]{9,}\)", "(N)", text)
    text = re.sub(r"^1(25 Data connection already open. Transfer starting|50 File status okay. About to open data connection).", "1xx Transfer.", text)
    text = re.sub(r"^1(25|50) FILE", "1xx FILE", text)
    text = re.sub(r"^(1xx FILE: .*)\.[0-9a-z_]{8,12}$", r"\1.N", text)
    text = re.sub(r"127.0.0.1:\d+", "127.0.0.1:N", text)
    return fact(text)


def fact(line):
    line = re.sub(r"unique=\w+;", "unique=N;", line)
    line = re.sub(r"^( ?)((?:[\w.]+=[^; ]*;)+) ", lambda m: m[1] + "".join(sorted(re.findall("[^;]+;", m[2]))) + " ", line)
    return re.sub(r"^( ?[-dl][-rwx]{9} +)\d+ (\S+) +(\S+) +", r"\1N \2 \3 ", line)


def hold(port, root, dialogue):
    """Holds one dialogue: what was answered to each line, and the files behind it."""
    plant(root)
    client = Client(port)
    answers = [("(greeting)", plain([client.reply()]))]
    try:
        for line, upload in dialogue.lines:
            answers.append((line, plain(client.say(line, upload))))
            if answers[-1][1] in ([["closed"]], [["silent"]]):
                break
    finally:
        client.close()
    answers.append(("(files)", [["%s %s" % entry] for entry in sorted(files(root).items())]))
    return answers


def chosen(wanted):
    if wanted.isdigit():
        return list(dialogues.sequences()) + list(dialogues.matrix())[:: int(wanted)]
    return [each for each in [*dialogues.sequences(), *dialogues.matrix()] if wanted in each.title]


def main():
    port, root = int(sys.argv[1]), sys.argv[2]
    wanted = sys.argv[3] if len(sys.argv) > 3 else "1"
    own = tempfile.mkdtemp()
    judge = os.path.join(own, "home")  # beside which pyftpdlib's STOU puts what it stores in /
    os.mkdir(judge)
    here = os.path.dirname(os.path.abspath(__file__))
    peer = subprocess.Popen([sys.executable, os.path.join(here, "peer.py"), judge],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    both = ThreadPoolExecutor(2)
    count = 0
    found = {}
    try:
        judge_port = int(peer.stdout.readline())
        for dialogue in chosen(wanted):
            count += 1
            held = [both.submit(hold, *server, dialogue) for server in ((port, root), (judge_port, judge))]
            ours, theirs = (each.result() for each in held)
            for i in range(max(len(ours), len(theirs))):
                mine = ours[i] if i < len(ours) else ("", [])
                other = theirs[i] if i < len(theirs) else ("", [])
                if mine[0] != other[0]:
                    break
                if mine[1] != other[1] and not differences.reason(mine[0], mine[1], other[1]):
                    difference = "    ours   %s\n    theirs %s" % shown(mine[1], other[1])
                    line = mine[0].encode("unicode_escape").decode()
                    found.setdefault(difference, []).append("%s, %s" % (dialogue.title, line))
    finally:
        peer.stdin.close()
        peer.wait()
        shutil.rmtree(own)
    for difference, places in found.items():
        print("  %s\n%s" % ("\n  ".join(places[:4] + ["and %d more" % (len(places) - 4)] * (len(places) > 4)), difference))
    print("%d dialogues, %d differences without a reason" % (count, len(found)))
    sys.exit(1 if found else 0)


def shown(ours, theirs):
    """Two answers, without what is the same in both if they are long."""
    if len(ours) + len(theirs) > 8:
        return [each for each in ours if each not in theirs], [each for each in theirs if each not in ours]
    return ours, theirs


if __name__ == "__main__":
    main()
