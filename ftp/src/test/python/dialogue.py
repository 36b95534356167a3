"""One client of a dialogue, spoken by hand: a line, its replies, and what goes over the data connection."""

import re
import socket

PATIENCE = 4


class Ended(Exception):
    pass


class Client:
    """A control connection and at most one data connection."""

    def __init__(self, port):
        self.control = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.control.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.lines = self.control.makefile("rb")
        self.data = None
        self.listening = None

    def close(self):
        for each in (self.data, self.listening, self.lines, self.control):
            if each is not None:
                each.close()

    def reply(self):
        """Reads a reply: its lines."""
        reply = [self.line()]
        if reply[0][3:4] == "-":
            while not reply[-1].startswith(reply[0][:3] + " "):
                reply.append(self.line())
        return reply

    def line(self):
        try:
            line = self.lines.readline()
        except ConnectionResetError:
            line = b""
        if not line.endswith(b"\n"):
            raise Ended()
        return line.decode("utf-8", "backslashreplace").rstrip("\r\n")

    def say(self, line, upload=None):
        """Sends a line and what it uploads.

        Returns all it is answered: replies, and what came over the data connection.
        """
        try:
            return self.answers(line, upload)
        except Ended:
            return [["closed"]]
        except TimeoutError:
            return [["silent"]]

    def answers(self, line, upload):
        if line in ("@PORT", "@EPRT"):
            line = self.listen(line)
        self.control.sendall(line.encode("utf-8", "surrogateescape") + b"\r\n")
        if line.startswith("@"):
            return []
        replies = [self.reply()]
        code = replies[0][0][:3]
        if code in ("227", "229"):
            self.connect(replies[0][0])
        elif code == "200" and self.listening is not None:
            self.data = self.listening.accept()[0]
            self.listening.close()
            self.listening = None
        elif code in ("125", "150") and self.data is not None:
            replies += self.transfer(upload)
        return replies

    def connect(self, reply):
        if self.data is not None:
            self.data.close()
        numbers = re.findall(r"\d+", reply[4:])
        port = int(numbers[-1]) if reply.startswith("229") else int(numbers[-2]) * 256 + int(numbers[-1])
        self.data = socket.create_connection(("127.0.0.1", port), PATIENCE)

    def listen(self, verb):
        self.listening = socket.create_server(("127.0.0.1", 0))
        port = self.listening.getsockname()[1]
        if verb == "@PORT":
            return "PORT 127,0,0,1,%d,%d" % divmod(port, 256)
        return "EPRT |1|127.0.0.1|%d|" % port

    def transfer(self, upload):
        data, self.data = self.data, None
        received = []
        with data:
            if upload is None:
                received = [["data: " + self.all_of(data)]]
            else:
                data.sendall(upload)
        return received + [self.reply()]

    @staticmethod
    def all_of(data):
        octets = bytearray()
        try:
            while piece := data.recv(65536):
                octets += piece
            return octets.decode("utf-8", "backslashreplace")
        except ConnectionResetError:
            return octets.decode("utf-8", "backslashreplace") + " (reset)"
