#!/usr/bin/env python3
"""What the kernel's own means do with slow and silent peers, over loopback TCP, without JSendfile.

usage: bench/probe/stall.py [sndtimeo|usertimeout|memory|rate|seen|peers]...

The figures of docs/decisions/0010-stall.md.
"""
import errno, os, select, socket, statistics, sys, tempfile, threading, time

TCP_USER_TIMEOUT, TCP_NOTSENT_LOWAT = 18, 25
CALL = 1 << 20


def pair(rcvbuf=0):
    listener = socket.socket()
    if rcvbuf:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, rcvbuf)
    listener.bind(("127.0.0.1", 0))
    listener.listen(1)
    sender = socket.create_connection(listener.getsockname())
    peer, _ = listener.accept()
    listener.close()
    return sender, peer


def content(size):
    file = tempfile.TemporaryFile(dir=".")
    file.write(os.urandom(1 << 20) * (size >> 20))
    file.flush()
    return file


def sndtimeo():
    """SO_SNDTIMEO of 1 s: what a stalled sendfile does, by the descriptor's mode."""
    file = content(64 << 20)
    for blocking in (True, False):
        sender, peer = pair()
        sender.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, (1).to_bytes(8, "little") + bytes(8))
        os.set_blocking(sender.fileno(), blocking)
        sent, begin = 0, time.monotonic()
        calls = 0
        while True:
            calls += 1
            call = time.monotonic()
            try:
                sent += os.sendfile(sender.fileno(), file.fileno(), sent, CALL)
            except BlockingIOError:
                break
        last = time.monotonic() - call
        print(f"SO_SNDTIMEO 1 s, {'blocking' if blocking else 'non-blocking'} descriptor: EAGAIN after"
              f" {last:.2f} s in the last of {calls} calls, {sent} bytes sent")
        sender.close(), peer.close()


def usertimeout():
    """TCP_USER_TIMEOUT of 3 s: a silent peer, and one that reads 2 KB/s."""
    file = content(64 << 20)
    for name, rate in (("silent", 0), ("2 KB/s", 2000), ("20 KB/s", 20000)):
        sender, peer = pair(rcvbuf=64 << 10)
        sender.setsockopt(socket.IPPROTO_TCP, TCP_USER_TIMEOUT, 3000)
        sender.setblocking(False)
        read, over = [0], threading.Event()

        def reads():
            while rate and not over.is_set():
                try:
                    read[0] += len(peer.recv(rate // 4))
                except OSError:
                    return
                over.wait(0.25)

        reader = threading.Thread(target=reads)
        reader.start()
        sent, begin, ended = 0, time.monotonic(), "alive"
        while time.monotonic() - begin < 15:
            poll = select.poll()
            poll.register(sender, select.POLLOUT)
            if not poll.poll(500):
                continue
            try:
                sent += os.sendfile(sender.fileno(), file.fileno(), sent, CALL)
            except BlockingIOError:
                pass
            except OSError as e:
                ended = errno.errorcode[e.errno]
                break
        seconds = time.monotonic() - begin
        over.set()
        reader.join()
        print(f"TCP_USER_TIMEOUT 3 s, {name} peer: {ended} after {seconds:.1f} s, {read[0]} bytes read")
        sender.close(), peer.close()


def mem():
    with open("/proc/net/sockstat") as lines:
        words = next(line for line in lines if line.startswith("TCP:")).split()
    return int(words[words.index("mem") + 1])


def memory():
    """Kernel memory of stalled peers, auto-tuned send buffers."""
    file = content(64 << 20)
    count = 50
    with open("/proc/sys/net/ipv4/tcp_mem") as limits:
        print("tcp_mem, pages:", limits.read().strip().replace("\t", " "))
    for lowat in (0, 128 << 10):
        before, crowd = mem(), []
        held = 0
        for _ in range(count):
            sender, peer = pair(rcvbuf=16 << 10)
            if lowat:
                sender.setsockopt(socket.IPPROTO_TCP, TCP_NOTSENT_LOWAT, lowat)
            sender.setblocking(False)
            crowd.append((sender, peer))
        quiet_at, sent = time.monotonic() + 1, [0] * count
        while time.monotonic() < quiet_at:
            for i, (sender, _) in enumerate(crowd):
                poll = select.poll()
                poll.register(sender, select.POLLOUT)
                if poll.poll(0):
                    try:
                        sent[i] += os.sendfile(sender.fileno(), file.fileno(), sent[i], CALL)
                        quiet_at = time.monotonic() + 1
                    except BlockingIOError:
                        pass
        pages = mem() - before
        print(f"{count} stalled, {'TCP_NOTSENT_LOWAT ' + str(lowat) if lowat else 'without'}:"
              f" {statistics.median(sent):.0f} bytes taken (median), {pages} pages,"
              f" {pages * 4 / count:.0f} KiB each; 10,000 of them: {pages * 10000 // count} pages")
        for sender, peer in crowd:
            sender.close(), peer.close()
        time.sleep(1)


def rate():
    """A fast peer with TCP_NOTSENT_LOWAT of 128 KiB against one without, interleaved."""
    size = 256 << 20
    file = content(size)
    ratios = []
    for _ in range(9):
        seconds = {}
        for lowat in (0, 128 << 10):
            sender, peer = pair()
            if lowat:
                sender.setsockopt(socket.IPPROTO_TCP, TCP_NOTSENT_LOWAT, lowat)
            child = os.fork()
            if child == 0:
                sender.close()
                buffer = bytearray(1 << 18)
                while peer.recv_into(buffer):
                    pass
                os._exit(0)
            peer.close()
            sender.setblocking(False)
            sent, begin = 0, time.monotonic()
            poll = select.poll()
            poll.register(sender, select.POLLOUT)
            while sent < size:
                try:
                    sent += os.sendfile(sender.fileno(), file.fileno(), sent, CALL)
                except BlockingIOError:
                    poll.poll()
            sender.close()
            os.waitpid(child, 0)
            seconds[lowat] = time.monotonic() - begin
        ratios.append(seconds[128 << 10] / seconds[0])
    ratios.sort()
    print(f"256 MiB to a fast peer, time with TCP_NOTSENT_LOWAT 128 KiB / without: median"
          f" {statistics.median(ratios):.2f}, from {ratios[0]:.2f} to {ratios[-1]:.2f}, 9 pairs")


def seen():
    """What the sender's kernel shows, twice a second, of a silent peer and of one that reads 2 KB/s, receive buffers left
    to the kernel: how long nothing does. What TCP_INFO has besides (segments and probes sent and answered, the peer's
    window, clocks) is in between that of a silent peer: print `info` to see it."""
    for segment in (0, 1448):
        looks = {0: [], 2000: []}
        threads = [threading.Thread(target=looking, args=(rate, segment, looks[rate], 75)) for rate in looks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for rate, seen in looks.items():
            steps = [(at / 2, b - a) for at, (a, b) in enumerate(zip(seen, seen[1:])) if b > a]
            times = [at for at, _ in steps] + [len(seen) / 2]
            print(f"segments {segment or 'as they are'}, {rate or 'no'} bytes/s read: nothing showed for up to"
                  f" {max(b - a for a, b in zip(times, times[1:])):.1f} of 75 s; acknowledged in one step:"
                  f" {max(step for _, step in steps)} bytes")


def looking(rate, segment, looks, seconds):
    listener, sender = socket.socket(), socket.socket()
    for each in (listener, sender):
        if segment:
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, segment)
    listener.bind(("127.0.0.1", 0))
    listener.listen(1)
    sender.connect(listener.getsockname())
    peer, _ = listener.accept()
    sender.setblocking(False)
    begin, chunk = time.monotonic(), bytes(1 << 16)
    for look in range(2 * seconds):
        while time.monotonic() < begin + look / 2:
            if rate and look % 2 == 0:
                peer.recv(rate)
            time.sleep(max(0, begin + look / 2 - time.monotonic()))
        try:
            while True:
                sender.send(chunk)
        except BlockingIOError:
            pass
        info = sender.getsockopt(socket.IPPROTO_TCP, 11, 232)
        looks.append(int.from_bytes(info[120:128], "little"))  # tcpi_bytes_acked
    sender.close(), peer.close(), listener.close()


def peers():
    """Peers for SlowPeers.java, for 75 s: a port for each manner."""
    ports = []
    for rcvbuf, segment in ((8192, 1448), (16384, 0), (0, 1448), (0, 0)):
        for bytes_a_second in (2000, 0):
            listener = socket.socket()
            if rcvbuf:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, rcvbuf)
            if segment:
                listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, segment)
            listener.bind(("127.0.0.1", 0))
            listener.listen(4)
            port = listener.getsockname()[1]
            ports.append(str(port))
            print(f"{port}: reads {bytes_a_second} bytes/s, SO_RCVBUF {rcvbuf or 'automatic'},"
                  f" segments {segment or 'as they are'}")
            threading.Thread(target=accepting, args=(listener, bytes_a_second), daemon=True).start()
    print("java --enable-native-access=ALL-UNNAMED -cp core/target/classes bench/probe/SlowPeers.java",
          *ports, flush=True)
    time.sleep(75)


def accepting(listener, bytes_a_second):
    while True:
        peer, _ = listener.accept()
        threading.Thread(target=reading, args=(peer, bytes_a_second), daemon=True).start()


def reading(peer, bytes_a_second):
    while True:
        time.sleep(0.25)
        if bytes_a_second:
            try:
                if not peer.recv(bytes_a_second // 4):
                    return
            except OSError:
                return


if __name__ == "__main__":
    for part in sys.argv[1:] or ["sndtimeo", "usertimeout", "memory", "rate"]:
        {"sndtimeo": sndtimeo, "usertimeout": usertimeout, "memory": memory, "rate": rate,
         "seen": seen, "peers": peers}[part]()
