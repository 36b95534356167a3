"""Where the server answers otherwise than pyftpdlib on purpose, and why.

Each row: what is said, what the server answers, what pyftpdlib answers (patterns, found anywhere in the texts), why.
`python3 differences.py` writes them as a page.
"""

import re
from dataclasses import dataclass

ANY = ""


@dataclass
class Difference:
    title: str
    line: str
    ours: str
    theirs: str
    why: str

    def explains(self, line, ours, theirs):
        return bool(re.search(self.line, line, re.I) and re.search(self.ours, ours) and re.search(self.theirs, theirs))


EXPECTED = [
    Difference("NOOP", ANY, "200 I successfully did nothing\\.$", "200 I successfully did nothing'\\.$", "theirs has a quote left over"),
    Difference("ACCT, SMNT: 502, not 500", "^(ACCT|SMNT)", "^502", "^500", "FT-1, FT-8: known and not implemented"),
    Difference("OPTS before login", "^OPTS", ANY, "^530", "FT-9: clients ask before they log in"),
    Difference("OPTS UTF8", "^OPTS UTF8", "UTF8 is always on", "^501", "FT-3"),
    Difference("OPTS of an unknown verb with an argument", "^OPTS FOO bar", "^501 Unsupported", "^501 Invalid", "the verb is what is wrong"),
    Difference("HELP, SITE HELP", "^(SITE )?HELP", "^214", "^(214|501)", "words of our own; there are more verbs, and SITE HELP knows those of SITE"),
    Difference("FEAT", "^FEAT", "^211-Features", "^211-Features", "FT-5, FT-7: more extensions; facts unix.owner and unix.group"),
    Difference("TYPE A N", "^TYPE a n$", "^200", "^504", "RFC 959 §3.1.1.5.1: N is the default, said aloud"),
    Difference("MODE Z", "^MODE Z", "^504", "^501", "a mode that exists, and is not implemented"),
    Difference("names that are not UTF-8", "[\udc80-\udcff]", "^501 Can't decode", ANY, "FT-6: refused, never stored under another name"),
    Difference("names that are not UTF-8, behind that", "^\\(files\\)$", "^$|^nothing$", "[\udc80-\udcff]|\\\\x|\ufffd", "FT-6"),
    Difference("control characters in replies", "[\x00-\x1f]|^NLST", "\\?", "[\x00-\x1f]", "shown as `?`: a line end in a name would begin another reply"),
    Difference("NUL in a name", "\x00", "^550", "^closed", "theirs ends the session"),
    Difference("lines of 2,048 bytes and more", "^(NOOP )?x{2040}|^STAT x{2900}", ANY, ANY, "FT-46: the bound is 2,048 with the line end left out; theirs is 2,048 in a buffer"),
    Difference("links that lead out", "outside", "^(550|[1-5]..|501)", "points to a path which is outside", "FT-43: they do not exist for clients, and no reply says that they do"),
    Difference("SIZE of links that lead out, in TYPE A", "outside", "^550 SIZE", ANY, "the type is looked at first"),
    Difference("lists of links", "^(LIST|STAT|NLST)", ANY, "l[rwx]{9} .* -> |^1xx.*\ndata: dangling|-> ", "a link shows as what it leads to; its target is nobody's business"),
    Difference("facts of links", "^MLSD( -a| /|$| \\.|\\.|\\s|.*\\.\\.)", "OS.unix=symlink", ANY, "a link shows as what it leads to, and as a link if that is nothing here"),
    Difference("NLST of a link that leads nowhere", "^NLST dangling", "^550", "data: dangling", "what it leads to does not exist"),
    Difference("STOR, APPE to a link", "^\\(files\\)$", "(link|dangling|outside) 100644", "(link|dangling|outside) 120777", "an upload takes the name, and the place of the link; nothing is written through it"),
    Difference("RMD of a link to a directory", "^X?RMD linkdir$", "^250", "^550 Not a dir", "MLSD shows it as a directory, so RMD removes it: the link alone"),
    Difference("RMD of a link to a directory, behind that", "^\\(files\\)$", ANY, "linkdir 120777", "the same"),
    Difference("DELE of a link to a directory", "^DELE linkdir$", "^550 Is a dir", "^250", "MLSD shows it as a directory, so RMD removes it"),
    Difference("DELE of a link to a directory, behind that", "^\\(files\\)$", "linkdir 120777", ANY, "the same"),
    Difference("RMD, RNFR of a link that leads nowhere", "dangling", "^550 No such", ANY, "what it leads to does not exist"),
    Difference("`ls` options", "^(STAT|LIST|NLST) -", "^(1xx|213)", "^(550|1xx|213)", "FT-26: tolerated in any form, for NLST and STAT too"),
    Difference("what does not exist and is not permitted", "^STOU", "^550 Not enough", "^450", "rights come first: nobody who may not store learns what there is"),
    Difference("STOU: mode of the file", "^\\(files\\)$", "\\.N 100644", "\\.N 100600", "as of any other upload"),
    Difference("STOU of the root", "^STOU", "FILE: ", "FILE: ", "theirs writes beside the home"),
    Difference("STOU through a link that leads out", "^STOU outside", "^(550|450)", "^1xx", "FT-43; theirs writes into /etc"),
    Difference("ALLO of more than there is room for", "^ALLO", "^552", "^202", "the upload need not begin"),
    Difference("ALLO of no count", "^ALLO", "^501", "^202", "FT-8; RFC 959 §4.1.3: a decimal integer"),
    Difference("ALLO of more than comes", ANY, "451 Less came", "226", "FT-22: a broken upload"),
    Difference("ALLO of more than comes, behind that", "^\\(files\\)$", "^$|^nothing$", "new 100644 0 b'123'", "FT-22"),
    Difference("EPSV ALL", "^EPSV ALL", "^200", "^220", "220 is a greeting"),
    Difference("EPRT, EPSV of an unknown protocol", "^(EPRT|EPSV)", "^522", "^501", "RFC 2428 §2, §3"),
    Difference("MFMT of no time", "^MFMT", "^501 Invalid time", "^550 Invalid time", "FT-8: bad syntax"),
    Difference("PORT with 256 in it", "^PORT 127,0,0,1,1,256", "Invalid PORT", "privileged", "no octet"),
    Difference("facts", "^(MLST|MLSD)", "perm=(adfrw|cdeflmp)", "perm=(radfwMT|eldfmMTcp)", "RFC 3659 §7.5.5 knows no M and T; letters in its order"),
    Difference("MLSD of what does not exist", "^MLSD", "^550", "^501", "RFC 3659 §7.2.1; rclone synchronises into a new directory with 550 only"),
    Difference("APPE to a link that leads nowhere or out", "^APPE", "550 (Changes|File exists)", ANY, "nothing is written through it"),
    Difference("APPE to a link that leads nowhere, behind that", "^\\(files\\)$", "^$|^nothing$", "nowhere 100644", "the same"),
    Difference("RNFR below a file", "^RNFR file/below", "Not a directory", "No such", "which it is"),
    Difference("RNTO the root", "^RNTO /$", "^550", "^550", "in other words"),
    Difference("SITE CHMOD 4755, 1777", "^SITE CHMOD (4|1)", "^501", "^200", "set-user-ID and the like are not for clients to set"),
    Difference("SITE CHMOD 4755, 1777, behind that", "^\\(files\\)$", "(file 100644|dir 40755)", "(file 104755|dir 41777)", "the same"),
    Difference("MFMT 9999", "^MFMT 9999", "99990101", "24460510", "theirs shows what the file system made of it"),
    Difference("REST of what is no decimal offset", "^REST", "^501", "^350", "FT-28"),
    Difference("ABOR while a transfer waits", "^(ABOR|RETR|NOOP)", "^(426|226|1xx)", ANY, "FT-23: 426 ends what 150 has begun; theirs leaves 150 without an end"),
    Difference("STAT, data connection", "^STAT$", "Data connection|Total|Passive", "Data connection|Passive", "says what waits; one count of bytes"),
    Difference("a broken upload", "^\\(files\\)$", "^$|^nothing$", "^new 100644 0 b''$", "FT-22: nothing stays"),
    Difference("TYPE A, CR at the end", "^(SIZE|\\(files\\))", "213 1|r'", "213 0|b''", "FT-21: theirs loses it"),
    Difference("OPTS MLST, the login behind it", "^MLST", "modify", "type=file;unix", "REIN forgets all"),
    Difference("unix.mode", "^MLST", "unix.mode=0644", "unix.mode=0o644", "theirs is Python's way to write octal"),
    Difference("quotes in 250", "^X?CWD", '""', '"', "doubled as in 257"),
    Difference("several lines at once", "\n", "^200", "^500", "lines end with LF as well: people and scripts type that"),
    Difference("what is behind a line that is too long", "^NOOP$", "^200", "^500 Command \"\"", "theirs takes the line end for a line"),
    Difference("Telnet options and commands in a line", "\udcff", "^200", "^500", "FT-46: taken out"),
    Difference("STAT while a passive connection is there", "^STAT$", "Data connection open", "Passive data channel", "as soon as the client has connected"),
    Difference("names of more than 255 bytes", "x{255}", "(450|550) (File name too long|No such)", ANY, "said for each verb"),
    Difference("DELE of a link that leads out", "^\\(files\\)$", "^$|^nothing$", "outside 120777", "the link is listed, so it can be deleted; what it leads to is not touched"),
    Difference("STOU of the root, behind that", "^\\(files\\)$", "ftpd.N", "^$", "theirs writes beside the home"),
    Difference("hidden files", "^(MKD|CWD) .hidden|^LIST /|^\\(files\\)", ANY, "hidden", "exist with the option `--hidden` only"),
    Difference("two uploads with STOU", "^\\(files\\)$", "ftpd.N", "ftpd.N", "made-up names"),
]


def reason(line, ours, theirs):
    """Why the answers to a line differ; None if nobody knows."""
    texts = ["\n".join(text for reply in replies for text in reply) for replies in (only(ours, theirs), only(theirs, ours))]
    return next((each.why for each in EXPECTED if each.explains(line, *texts)), None)


def only(some, others):
    """What others do not have, where there is much."""
    return [each for each in some if each not in others] if len(some) > 3 else some


HEAD = """# Where the FTP server answers otherwise than pyftpdlib

pyftpdlib is the server that the original call was written for. `ftp/src/test/python/compare.py` holds 6,600 dialogues with
both, each verb with each kind of argument before and after login, and longer ones, and compares all replies, all that came
over the data connections, and the files behind it. What differs on purpose is listed here; the build fails on any other
difference (`PyftpdlibTest`, with pyftpdlib 1.5.7).

Made by `python3 ftp/src/test/python/differences.py`; do not edit.

| what | why |
|---|---|"""


if __name__ == "__main__":
    print(HEAD)
    for each in EXPECTED:
        if ", behind that" not in each.title:
            print("| %s | %s |" % (each.title, each.why))
