"""What is said to both servers."""

from dataclasses import dataclass

DIRECTORIES = ["dir", "dir/sub", "void"]
FILES = {
    "file": b"hello\nworld\n",
    "crlf": b"a\r\nb\n\rc\r",
    "empty": b"",
    "two words": b"2",
    " edges ": b"3",
    'quo"te': b"4",
    "\u00e9t\u00e9": b"5",
    "dir/inner": b"inner",
    "big": bytes(range(256)) * 2000,
}
LINKS = {"link": "file", "linkdir": "dir", "dangling": "nowhere", "outside": "/etc"}

LOGINS = {
    "nobody": [],
    "named": ["USER user"],
    "anonymous": ["USER anonymous", "PASS x@y"],
    "text": ["USER user", "PASS 12345"],
    "user": ["USER user", "PASS 12345", "TYPE I"],
}


@dataclass
class Dialogue:
    title: str
    lines: list


def dialogue(title, login, *lines):
    """Lines are texts, or pairs of a text and what is uploaded."""
    all_lines = LOGINS[login] + list(lines)
    return Dialogue(title + " as " + login, [line if isinstance(line, tuple) else (line, None) for line in all_lines])


ARGUMENTS = [
    "", " ", "  ", "file", "dir", "void", "missing", "missing/below", "file/below", "/", "//", ".", "..", "../..", "/../file",
    "dir/..", "dir/../file", "dir/", "/dir//sub/", "./file", "file/", "two words", " edges ", 'quo"te', '"', "\u00e9t\u00e9",
    "a\tb", "a\\b", "~", "*", "f*", "?", "link", "linkdir", "linkdir/inner", "dangling", "outside", "outside/hosts",
    "\udcc3(", "x" * 255, "x" * 256, "x/" * 600, "-a", "-l", "-la", "-al /", "-R", "-l dir", "new", "dir/new", "missing/new",
]
NUMBERS = ["0", "1", "5", "12", "13", "-1", "+1", "1.5", "abc", "0x10", "9" * 18, "9" * 19, "9" * 25, " 1", "1 ", "1 2", "\u0661"]
PATHS = ["CWD", "XCWD", "MKD", "XMKD", "RMD", "XRMD", "DELE", "RNFR", "SIZE", "MDTM", "MLST", "STAT"]
OVER_DATA = ["RETR", "LIST", "NLST", "MLSD"]
UPLOADS = ["STOR", "APPE", "STOU"]
PLAIN = ["ABOR", "CDUP", "XCUP", "FEAT", "HELP", "NOOP", "PASV", "EPSV", "PWD", "XPWD", "QUIT", "REIN", "SYST", "STAT"]
OTHERS = {
    "ALLO": NUMBERS + ["5 R 5"],
    "REST": NUMBERS,
    "TYPE": ["", "A", "a", "A N", "a n", "A T", "I", "i", "L8", "L 8", "l8", "l 7", "L7", "L", "L 16", "E", "?", "X", "\u00e9", "II", "I N", " I", "I "],
    "STRU": ["", "F", "f", "R", "P", "X", "?", "FF", "F ", "r", "p"],
    "MODE": ["", "S", "s", "B", "C", "Z", "X", "?", "SS", "S ", "b", "c"],
    "OPTS": ["", "MLST", "mlst", "MLST type;", "MLST size;type;", "MLST type", "MLST size;foo;modify;", "MLST foo;", "MLST ;", "MLST  type;",
             "MLST type; size;", "mlst TYPE;SIZE;", "FOO", "FOO bar", "UTF8 ON", "UTF8 OFF", "UTF8", "utf8 on", "MLST unix.mode;unique;perm;"],
    "HELP": ["", "USER", "user", "foo", "SITE", "SITE CHMOD", "FEAT", "MLST", "STOR x", " "],
    "SITE": ["", " ", "HELP", "help", "HELP HELP", "HELP CHMOD", "help chmod", "HELP foo", "foo", "foo bar", "CHMOD", "CHMOD ", "CHMOD 777", "CHMOD 644 file",
             "chmod 600 file", "CHMOD 0600 file", "CHMOD 07777 file", "CHMOD 777 missing", "CHMOD 888 file", "CHMOD abc file", "CHMOD 6 file",
             "CHMOD 64 file", "CHMOD -1 file", "CHMOD 755 dir", "CHMOD 755 /", "CHMOD 4755 file", "CHMOD 1777 dir", "CHMOD 777 outside/hosts",
             "CHMOD 777 ../../file", "CHMOD 000 file", "CHMOD 644 two words", "CHMOD  644 file"],
    "MFMT": ["", "file", "20200101000000", "20200101000000 file", "20200101000000 missing", "20200101000000 dir", "20200101 file", "abc file",
             "20201301000000 file", "20200230000000 file", "20200101000060 file", "20200101000000.5 file", "2020 file", "19600101000000 file",
             "20200101000000 two words", "20200101000000  file", "99990101000000 file", "20200101000000 ../../file"],
    "PORT": ["", "1,2,3,4,5", "127,0,0,1,0,80", "127,0,0,1,3,255", "256,0,0,1,10,10", "127,0,0,1,256,1", "127,0,0,1,1,256", "a,b,c,d,e,f", "127.0.0.1,10,10",
             "127,0,0,1,-1,10", "8,8,8,8,10,10", "127,0,0,1,10,10,10", ",,,,,", "127,0,0,1, 10,10", "0,0,0,0,10,10", "127,0,0,2,10,10"],
    "EPRT": ["", "|1|127.0.0.1|80|", "|1|127.0.0.1|abc|", "|1|127.0.0.1|70000|", "|1|127.0.0.1|-5|", "|1|256.0.0.1|2000|", "|3|127.0.0.1|2000|", "|2|::1|2000|",
             "|2|127.0.0.1|2000|", "|1|::1|2000|", "1|127.0.0.1|2000", "||||", "|", "foo", "|1|localhost|2000|", "|1|8.8.8.8|2000|", "|1|127.0.0.1|2000",
             "|1|127.0.0.1|222222222222|", "||127.0.0.1|2000|", "|a|127.0.0.1|2000|", "@1@127.0.0.1@80@", "|0|127.0.0.1|2000|", "|1|127.0.0.1|0|", "|1|127.0.0|2000|"],
    "EPSV": ["1", "2", "3", "0", "-1", "ALL", "all", "foo", "1 ", "\u00b9"],
    "USER": ["", " ", "user", "foo", "anonymous", "ANONYMOUS", "user ", "\u00e9", "x" * 300],
    "PASS": ["", " ", "12345", "foo"],
    "ACCT": ["", "x"],
    "SMNT": ["", "x"],
    "RNTO": ["", "new", "dir/new", "missing/new", "void", "..", "/", "file"],
}
UNKNOWN = ["", " ", "FOO", "foo bar", "AUTH TLS", "AUTH SSL", "PBSZ 0", "PROT P", "LPRT 1", "X" * 200, "NOOP\t", "\tNOOP", " NOOP", "noop", "NoOp", "NOOP ",
           "N\u00e9", "\udcff\udcf4\udcf2ABOR", "\udcff\udcf4ABOR", "\udcff\udcf4\udcff\udcf2ABOR", "\udcf2ABOR", "\udcff\udcf4\udcf2STAT", "xxSTAT", "xxQUIT", "\udcff\udcf4\udcff\udcf2QUIT", "XABOR", "XNOOP",
           "\udcff\udcfb\udcffNOOP", "NOOP\udcff\udcf1", "NO\x00OP", "\x00", "x" * 2000, "x" * 2047, "x" * 2048, "x" * 2049, "x" * 5000, "NOOP " + "x" * 2100]


def matrix():
    """Each verb with each argument, in each state."""
    for login in LOGINS:
        for verb in PATHS:
            yield from (dialogue(verb + " " + a[:40], login, verb + (" " + a if a else ""), "PWD", "NOOP") for a in ARGUMENTS)
        for verb in OVER_DATA:
            for a in ARGUMENTS:
                yield dialogue(verb + " " + a[:40], login, "PASV", verb + (" " + a if a else ""), "NOOP")
        for verb in UPLOADS:
            for a in ARGUMENTS:
                yield dialogue(verb + " " + a[:40], login, "PASV", (verb + (" " + a if a else ""), b"some\r\ntext"), "NOOP")
        for verb in PLAIN:
            yield from (dialogue(verb + a, login, verb + a, "NOOP") for a in ("", " ", " x"))
        for verb, arguments in OTHERS.items():
            yield from (dialogue(verb + " " + a[:40], login, verb + (" " + a if a else ""), "NOOP") for a in arguments)
        yield from (dialogue(line[:40], login, line, "NOOP") for line in UNKNOWN)


SEQUENCES = {
    "login": [
        ("nobody", "PASS 12345"), ("nobody", "USER user", "PASS wrong", "PASS 12345"), ("nobody", "USER user", "PASS wrong", "USER user", "PASS 12345", "PWD"),
        ("nobody", "USER user", "PASS", "USER user", "PASS x", "USER foo", "PASS 12345", "NOOP"),
        ("nobody", "USER foo", "PASS foo", "USER user", "PASS 1 2", "NOOP"), ("nobody", "USER anonymous", "PASS"), ("nobody", "USER anonymous", "USER user", "PASS 12345", "PWD"),
        ("user", "USER user", "PWD", "PASS 12345", "PWD"), ("user", "USER anonymous", "PASS x", "MKD new"), ("user", "PASS 12345"), ("user", "PASS x", "NOOP"),
        ("user", "REIN", "PWD", "USER user", "PASS 12345", "PWD", "SIZE file"), ("user", "CWD dir", "REIN", "USER user", "PASS 12345", "PWD"),
        ("user", "CWD dir", "USER user", "PASS 12345", "PWD"), ("user", "PASV", "REIN", "USER user", "PASS 12345", "TYPE I", "RETR file"),
        ("user", "REST 5", "REIN", "USER user", "PASS 12345", "TYPE I", "PASV", "RETR file"), ("user", "RNFR file", "REIN", "USER user", "PASS 12345", "RNTO new"),
        ("user", "QUIT"), ("named", "QUIT"), ("named", "REIN"), ("nobody", "STAT", "STAT file", "STAT /"), ("nobody", "HELP", "NOOP", "SYST", "FEAT"),
    ],
    "rename": [
        ("user", "RNFR file", "RNTO new", "SIZE new"), ("user", "RNTO new"), ("user", "RNFR file", "NOOP", "RNTO new"), ("user", "RNFR file", "RNFR crlf", "RNTO new"),
        ("user", "RNFR missing", "RNTO new"), ("user", "RNFR file", "RNTO new", "RNTO again"), ("user", "RNFR file", "RNTO missing/new"), ("user", "RNFR file", "RNTO void"),
        ("user", "RNFR file", "RNTO void/new"), ("user", "RNFR dir", "RNTO void/dir"), ("user", "RNFR dir", "RNTO dir/sub/dir"), ("user", "RNFR dir", "RNTO void"),
        ("user", "RNFR dir", "RNTO file"), ("user", "RNFR file", "RNTO file"), ("user", "RNFR file", "RNTO"), ("user", "RNFR /"), ("user", "RNFR /", "RNTO new"), ("user", "RNFR file", "RNTO /"),
        ("user", "RNFR file", "RNTO ../../../new"), ("user", "RNFR void", "RNTO dir"), ("user", "RNFR link", "RNTO moved"), ("user", "RNFR file", "RNTO two words"),
        ("user", "RNFR file", "RNTO \u00fc"), ("user", "RNFR file", "RNTO crlf"), ("user", "RNFR file", "RNTO file/below"), ("anonymous", "RNFR file", "RNTO new"), ("anonymous", "RNTO new"),
        ("user", "CWD dir", "RNFR inner", "RNTO ../inner"), ("user", "RNFR file", "RNTO link"), ("user", "RNFR file", "QUIT"), ("user", "RNFR file", "RNTO outside/file"),
    ],
    "restart": [
        ("user", "REST 6", "PASV", "RETR file", "PASV", "RETR file"), ("user", "PASV", "REST 6", "RETR file"), ("user", "REST 12", "PASV", "RETR file"), ("user", "REST 13", "PASV", "RETR file", "NOOP"),
        ("user", "REST 13", "PASV", "RETR file", "RETR file"), ("user", "REST 6", "PASV", ("STOR file", b"XY"), "PASV", "RETR file"), ("user", "REST 20", "PASV", ("STOR file", b"XY")),
        ("user", "REST 2", "PASV", ("STOR new", b"XY")), ("user", "REST 2", "PASV", ("APPE file", b"XY")), ("user", "REST 2", "PASV", ("APPE file", b"XY"), ("APPE file", b"XY")),
        ("user", "REST 2", "PASV", ("STOU", b"XY")), ("user", "REST 2", "PASV", ("STOU", b"XY"), "RETR file"), ("user", "REST 2", "REST 0", "PASV", "RETR file"), ("user", "REST 2", "PASV", "LIST file", "PASV", "RETR file"),
        ("user", "REST 2", "NOOP", "TYPE I", "PASV", "RETR file"), ("text", "REST 2"), ("user", "REST 2", "TYPE A", "PASV", "RETR file"), ("user", "REST 2", "PASV", "RETR missing", "RETR file"),
        ("user", "REST 5", "PASV", "NLST", "PASV", "RETR file"), ("user", "REST 0", "PASV", ("STOR file", b"XY")), ("user", "REST 512000", "PASV", "RETR big"), ("user", "REST 511999", "PASV", "RETR big"),
        ("user", "REST 1", "PASV", "RETR empty"), ("anonymous", "TYPE I", "REST 1", "PASV", ("STOR file", b"x"), "RETR file"),
    ],
    "data": [
        ("user", "PASV", "PASV", "RETR file"), ("user", "PASV", "EPSV", "RETR file"), ("user", "EPSV", "PASV", "LIST dir"), ("user", "@PORT", "RETR file"), ("user", "@EPRT", "RETR file"),
        ("user", "@PORT", "@PORT", "RETR file"), ("user", "@PORT", "PASV", "RETR file"), ("user", "PASV", "@PORT", ("STOR new", b"x")), ("user", "EPSV ALL", "PASV"), ("user", "EPSV ALL", "@PORT"),
        ("user", "EPSV ALL", "@EPRT"), ("user", "EPSV ALL", "EPSV", "RETR file"), ("user", "EPSV ALL", "EPSV ALL", "EPSV 1"), ("user", "EPSV 1", "RETR file"), ("user", "EPSV 2", "RETR file"),
        ("user", "PASV", "RETR missing", "RETR file"), ("user", "PASV", "RETR dir", "RETR file"), ("user", "PASV", "RETR file", "RETR file", "PASV"),
        ("user", "PASV", "ABOR", "RETR file"), ("user", "ABOR"), ("user", "@PORT", "ABOR", "NOOP"), ("user", "RETR file", "ABOR", "NOOP"), (("user"), ("STOR new", b"x"), "ABOR", "NOOP"), ("user", "LIST", "ABOR", "NOOP"),
        ("user", "RETR file", "NOOP"), ("user", "RETR file", "STAT"), ("user", "RETR file", "RETR crlf", "ABOR"), ("user", "RETR file", "QUIT"), ("user", "RETR file", "REIN", "NOOP"), ("user", "RETR file", "USER user", "PASS 12345", "PWD"),
        ("user", "PASV", "STAT"), ("user", "@PORT", "STAT"), ("user", "PASV", "QUIT"), ("user", "PORT 127,0,0,1,4,1", "NOOP"), ("user", "EPRT |1|127.0.0.1|1025|", "NOOP"),
        ("user", "PASV", "LIST missing", "LIST"), ("user", "PASV", "NLST", "PASV", "MLSD"), ("user", "PASV", ("STOR new", b""), "SIZE new"), ("user", "PASV", ("APPE new", b"1"), "PASV", ("APPE new", b"2"), "PASV", "RETR new"),
        ("user", "PASV", ("STOR big2", bytes(200000)), "SIZE big2", "PASV", "RETR big2"), ("user", "PASV", ("STOR dir", b"x"), ("STOR new", b"y")), ("user", "PASV", ("STOU", b"1"), "PASV", ("STOU", b"2")),
        ("text", "PASV", ("STOR new", b"a\r\nb\r\n"), "TYPE I", "PASV", "RETR new"), ("text", "PASV", "RETR crlf"), ("text", "PASV", "RETR file"), ("text", "PASV", ("STOR new", b"\r"), "TYPE I", "SIZE new"),
        ("user", "TYPE A", "SIZE file", "TYPE I", "SIZE file"), ("user", "ALLO 5", "PASV", ("STOR new", b"12345")), ("user", "ALLO 5", "PASV", ("STOR new", b"123")), ("user", "ALLO 5", "PASV", ("STOR new", b"123456")),
        ("user", "MODE S", "STRU F", "PASV", "RETR file"), ("anonymous", "PASV", ("STOR new", b"x"), "LIST void"), ("anonymous", "PASV", ("STOU", b"x")), ("anonymous", "PASV", ("APPE file", b"x")),
        ("user", "CWD dir", "PASV", "LIST", "PASV", "NLST", "PASV", "RETR inner", "PASV", ("STOR ../up", b"x"), "PASV", ("STOU", b"x")),
        ("user", "CWD dir", "PASV", ("STOU ../name", b"x")), ("user", "OPTS MLST size;", "MLST file", "PASV", "MLSD dir", "FEAT"), ("user", "OPTS MLST", "MLST file", "PASV", "MLSD dir", "FEAT"),
        ("user", "OPTS MLST type;unix.mode;", "MLST file", "REIN", "USER user", "PASS 12345", "MLST file"),
    ],
    "directories": [
        ("user", "MKD new", "CWD new", "PWD", "CDUP", "RMD new", "CWD new"), ("user", 'MKD a"b', 'CWD a"b', "PWD", "CDUP", "PWD", 'RMD a"b'), ("user", "MKD \u00fc \u4e2d", "CWD \u00fc \u4e2d", "PWD"),
        ("user", "MKD  x ", "CWD  x ", "PWD"), ("user", "MKD new/", "CWD new"), ("user", "MKD new/sub", "MKD new", "MKD new/sub", "RMD new", "RMD new/sub", "RMD new"), ("user", "RMD dir"), ("user", "RMD file"), ("user", "DELE dir"),
        ("user", "CWD dir", "RMD ../dir"), ("user", "CWD void", "RMD ../void", "PWD", "PASV", "LIST", "CDUP", "PWD"), ("user", "CWD dir/sub", "CDUP", "CDUP", "CDUP", "PWD"), ("user", "CWD linkdir", "PWD", "CDUP", "PWD"),
        ("user", "CWD dir", "CWD", "PWD"), ("user", "CWD dir", "XCWD sub", "XPWD", "XCUP", "XPWD", "XMKD y", "XRMD y"), ("anonymous", "MKD x", "RMD void", "DELE file", "RNFR file", "SITE CHMOD 777 file", "MFMT 20200101000000 file"),
        ("user", "DELE file", "DELE file", "SIZE file", "MDTM file"), ("user", "CWD dir", "DELE inner", "DELE ../file"), ("user", "CWD ...", "CWD dir/...", "PWD"), ("user", "SITE CHMOD 600 file", "MLST file", "SITE CHMOD 000 void", "CWD void"),
        ("user", "MFMT 20200229123456 file", "MDTM file", "PASV", "LIST file", "MLST file"), ("user", "MKD .hidden", "CWD .hidden", "PASV", "LIST /"), ("user", "MKD -l", "PASV", "LIST -l", "CWD -l"),
    ],
    "lines": [
        ("nobody", "NOOP\nNOOP"), ("user", "PWD\r\nNOOP\r\nSYST"), ("user", "NOOP\r"), ("user", "NO\rOP"), ("user", "SIZE fi\rle"), ("user", "MKD a\rb", "PASV", "NLST"), ("user", "MKD a\u0000b"), ("user", "CWD \u0000"),
        ("user", "MKD a\u2028b", "CWD a\u2028b", "PWD"), ("user", "MKD \u202e", "PASV", "NLST"), ("user", "MKD \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "PASV", "NLST"), ("user", "mkd New", "cwd New", "pwd"),
        ("user", "STAT " + "x" * 3000, "NOOP"), ("user", "CWD " + "../" * 300 + "dir", "PWD"), ("user", "SITE", "SITE FOO", "SITE  CHMOD 600 file", "SITE CHMOD 600  file", "site chmod 600 file"), ("user", "PASS x\udcff\udcff"),
        ("user", "MKD a\udcff\udcffb"), ("user", "NOOP x", "PWD x", "CDUP x", "QUIT x", "REIN x", "PASV x", "SYST x", "FEAT x", "ABOR x"),
    ],
}


def sequences():
    for name, each in SEQUENCES.items():
        for number, (login, *lines) in enumerate(each):
            yield dialogue("%s %d" % (name, number), login, *lines)
