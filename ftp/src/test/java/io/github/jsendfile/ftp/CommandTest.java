package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What needs no data connection.
@ExtendWith(LeakCheck.class)
class CommandTest {
  @TempDir Path root;
  private FtpFixture ftp;
  private Dialogue client;

  @BeforeEach
  void start() throws IOException {
    ftp = FtpFixture.over(root);
    client = ftp.user();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    ftp.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TYPE A|200 Type set to: ASCII.",
        "TYPE i|200 Type set to: Binary.",
        "TYPE L8|200 Type set to: Binary.",
        "TYPE L 8|200 Type set to: Binary.",
        "TYPE L7|200 Type set to: ASCII.",
        "TYPE A N|200 Type set to: ASCII.",
        "TYPE E|504 Unsupported type \"E\".",
        "STRU F|200 File transfer structure set to: F.",
        "STRU R|504 Unimplemented STRU type.",
        "STRU P|504 Unimplemented STRU type.",
        "STRU X|501 Unrecognized STRU type.",
        "MODE S|200 Transfer mode set to: S",
        "MODE B|504 Unimplemented MODE type.",
        "MODE C|504 Unimplemented MODE type.",
        "MODE X|501 Unrecognized MODE type.",
        "NOOP|200 I successfully did nothing.",
        "SYST|215 UNIX Type: L8",
        "ALLO 10|202 No storage allocation necessary.",
        "ALLO 10 R 5|202 No storage allocation necessary.",
        "ALLO ten|501 Invalid parameter.",
        "CLNT tester|200 Noted.",
        "LANG|200 Replies are in English.",
        "LANG en-GB|200 Replies are in English.",
        "LANG fr|504 Replies are in English only.",
        "LANG fr!|501 Invalid language tag.",
        "FOO|500 Command \"FOO\" not understood.",
        "SITE FOO|500 Command \"SITE FOO\" not understood.",
        "ACCT x|502 ACCT is not implemented.",
        "SMNT x|502 SMNT is not implemented.",
        "RNTO x|503 Bad sequence of commands: use RNFR first.",
        "HOST x|503 HOST must come before login.",
        "REST 5|501 Resuming transfers not allowed in ASCII mode.",
        "SIZE x|550 SIZE not allowed in ASCII mode.",
        "OPTS FOO|501 Unsupported command \"FOO\".",
        "OPTS UTF8 ON|200 UTF8 is always on.",
        "OPTS UTF8 OFF|504 UTF8 is always on.",
        "HELP FOO|501 Unrecognized command.",
        "SITE HELP FOO|501 Unrecognized SITE command.",
        "MFF Size=1; x|504 Fact Size cannot be changed.",
        "XCWD nope|550 No such file or directory.",
      })
  @Spec({"FT-8", "FT-10", "FT-27", "FT-7"})
  void repliesAsClientsExpect(String line, String reply) throws IOException {
    assertThat(client.say(line)).isEqualTo(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALLO",
        "APPE",
        "CLNT",
        "DELE",
        "EPRT",
        "HASH",
        "HOST",
        "MDTM",
        "MFF",
        "MFMT",
        "MKD",
        "MODE",
        "OPTS",
        "PORT",
        "REST",
        "RETR",
        "RMD",
        "RNFR",
        "RNTO",
        "SITE",
        "SITE CHMOD",
        "SIZE",
        "STOR",
        "STRU",
        "TYPE",
        "USER",
        "XMD5",
        "XMKD",
        "XRMD",
        "XSHA256"
      })
  @Spec({"FT-8", "FT-10"})
  void needsAnArgument(String verb) throws IOException {
    assertThat(client.say(verb)).isEqualTo("501 Syntax error: command needs an argument.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ABOR", "CDUP", "FEAT", "NOOP", "PASV", "PWD", "QUIT", "REIN", "SYST", "XCUP"})
  @Spec({"FT-8", "FT-10"})
  void takesNoArgument(String verb) throws IOException {
    assertThat(client.say(verb + " x"))
        .isEqualTo("501 Syntax error: command does not accept arguments.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SITE CHMOD 600", "MFMT 20260101000000", "MFF Modify=20260101000000;"})
  @Spec("FT-8")
  void needsTwoArguments(String line) throws IOException {
    assertThat(client.say(line)).isEqualTo("501 Syntax error: command needs two arguments.");
  }

  @Test
  @Spec("FT-28")
  void restTakesAnOffset() throws IOException {
    client.say("TYPE I");
    assertThat(client.say("REST 10")).isEqualTo("350 Restarting at position 10.");
    assertThat(client.say("REST " + Long.MAX_VALUE)).startsWith("350 ");
    for (String bad : "-1,abc,10.5,9223372036854775808,18446744073709551616".split(",", -1)) {
      assertThat(client.say("REST " + bad)).isEqualTo("501 Invalid parameter.");
    }
  }

  @Test
  @Spec({"FT-1", "FT-2", "FT-10"})
  void makesAndChangesAndRemovesDirectories() throws IOException {
    assertThat(client.say("PWD")).isEqualTo("257 \"/\" is the current directory.");
    assertThat(client.say("MKD a")).isEqualTo("257 \"/a\" directory created.");
    assertThat(client.say("XMKD /a/b \"c\""))
        .isEqualTo("257 \"/a/b \"\"c\"\"\" directory created.");
    assertThat(client.say("MKD a")).isEqualTo("550 File exists.");
    assertThat(client.say("CWD a")).isEqualTo("250 \"/a\" is the current directory.");
    assertThat(client.say("XCWD b \"c\"")).startsWith("250 ");
    assertThat(client.say("XPWD")).isEqualTo("257 \"/a/b \"\"c\"\"\" is the current directory.");
    assertThat(client.say("CDUP")).isEqualTo("250 \"/a\" is the current directory.");
    assertThat(client.say("XCUP")).isEqualTo("250 \"/\" is the current directory.");
    assertThat(client.say("CDUP")).isEqualTo("250 \"/\" is the current directory.");
    assertThat(client.say("RMD a")).isEqualTo("550 Directory not empty.");
    assertThat(client.say("XRMD a/b \"c\"")).isEqualTo("250 Directory removed.");
    assertThat(client.say("RMD a")).isEqualTo("250 Directory removed.");
    assertThat(client.say("RMD a")).isEqualTo("550 No such file or directory.");
    assertThat(client.say("RMD /")).isEqualTo("550 Can't remove root directory.");
  }

  @Test
  @Spec({"FT-1", "FT-10"})
  void deletesAndRenames() throws IOException {
    ftp.file("a", new byte[3]);
    Files.createDirectory(root.resolve("d"));
    assertThat(client.say("RNFR a")).isEqualTo("350 Ready for destination name.");
    assertThat(client.say("RNTO d/b")).isEqualTo("250 Renaming ok.");
    assertThat(client.say("RNTO d/c")).startsWith("503 ");
    assertThat(client.say("RNFR nope")).isEqualTo("550 No such file or directory.");
    assertThat(client.say("RNFR /")).isEqualTo("550 Can't rename home directory.");
    assertThat(client.say("DELE d")).isEqualTo("550 Is a directory.");
    assertThat(client.say("RMD d/b")).isEqualTo("550 Not a directory.");
    assertThat(client.say("DELE d/b")).isEqualTo("250 File removed.");
    assertThat(client.say("DELE d/b")).isEqualTo("550 No such file or directory.");
    assertThat(root.resolve("d")).isEmptyDirectory();
  }

  @Test
  @Spec({"FT-5", "FT-21"})
  void sizeAndTime() throws IOException {
    Path file = ftp.file("a", new byte[12345]);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06.789Z")));
    assertThat(client.say("SIZE a")).startsWith("550 ");
    client.say("TYPE I");
    assertThat(client.say("SIZE a")).isEqualTo("213 12345");
    assertThat(client.say("MDTM a")).isEqualTo("213 20010203040506");
    assertThat(client.say("SIZE /")).isEqualTo("550 / is not retrievable.");
    assertThat(client.say("MDTM /")).isEqualTo("550 / is not retrievable");
    assertThat(client.say("SIZE nope")).isEqualTo("550 /nope is not retrievable.");
  }

  @Test
  @Spec("FT-7")
  void changesTimesAndModes() throws IOException {
    Path file = ftp.file("a b", new byte[1]);
    assertThat(client.say("MFMT 20100203040506 a b")).isEqualTo("213 Modify=20100203040506; /a b.");
    assertThat(client.say("MDTM a b")).isEqualTo("213 20100203040506");
    assertThat(client.say("MFMT 20100231040506 a b"))
        .isEqualTo("501 Invalid time format; expected: YYYYMMDDHHMMSS.");
    assertThat(client.say("MFMT tomorrow a b")).startsWith("501 Invalid time format");
    assertThat(client.say("MFMT 20100203040506 nope")).isEqualTo("550 /nope is not retrievable");
    assertThat(client.say("SITE CHMOD 640 a b")).isEqualTo("200 SITE CHMOD successful.");
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100640);
    for (String mode : "8,64,99999,-640,64x,7777".split(",", -1)) {
      assertThat(client.say("SITE CHMOD " + mode + " a b"))
          .isEqualTo("501 Invalid SITE CHMOD format.");
    }
    assertThat(client.say("MFF Modify=20110203040506;UNIX.mode=0600; a b"))
        .isEqualTo("213 Modify=20110203040506;UNIX.mode=0600; /a b");
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100600);
    assertThat(client.say("MDTM a b")).isEqualTo("213 20110203040506");
  }

  @Test
  @Spec("FT-7")
  void digests() throws IOException {
    ftp.file("abc", "abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    String sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThat(client.say("HASH abc")).isEqualTo("213 SHA-256 0-3 " + sha256 + " /abc");
    assertThat(client.say("XSHA256 \"abc\"")).isEqualTo("250 " + sha256);
    assertThat(client.say("XMD5 abc")).isEqualTo("250 900150983cd24fb0d6963f7d28e17f72");
    assertThat(client.say("OPTS HASH MD5")).isEqualTo("200 MD5");
    assertThat(client.say("HASH abc")).startsWith("213 MD5 0-3 900150983cd24fb0");
    assertThat(client.say("FEAT")).contains("HASH SHA-256;SHA-512;SHA-1;MD5*");
    assertThat(client.say("OPTS HASH CRC7")).isEqualTo("501 Unknown algorithm.");
    assertThat(client.say("HASH /")).startsWith("550 ");
    assertThat(HexFormat.of().parseHex(sha256)).hasSize(32);
  }

  @Test
  @Spec("FT-7")
  void tellsWhatCanBeStored() throws IOException {
    assertThat(client.say("AVBL")).matches("213 \\d+");
    assertThat(client.say("AVBL /")).matches("213 \\d+");
    assertThat(client.say("AVBL nope")).startsWith("550 ");
    assertThat(client.say("ALLO " + Long.MAX_VALUE)).startsWith("552 ");
  }

  @Test
  @Spec({"FT-3", "FT-5", "FT-6"})
  void featAndOpts() throws IOException {
    assertThat(client.say("FEAT").split("\n"))
        .startsWith("211-Features supported:")
        .endsWith("211 End FEAT.")
        .contains(" UTF8", " TVFS", " REST STREAM", " EPRT", " EPSV", " MDTM", " SIZE", " MFMT")
        .anyMatch(line -> line.startsWith(" MLST type*;perm*;size*;modify*;unique*;"));
    assertThat(client.say("OPTS MLST type;")).isEqualTo("200 MLST OPTS type;");
    assertThat(client.say("FEAT")).contains(" MLST type*;perm;size;modify;");
    assertThat(client.say("OPTS mLSt TypE;fish;")).isEqualTo("200 MLST OPTS type;");
    assertThat(client.say("OPTS MLST")).isEqualTo("200 MLST OPTS ");
    assertThat(client.say("FEAT")).contains(" MLST type;perm;size;modify;");
    assertThat(client.say("OPTS MLST type")).isEqualTo("501 Invalid argument.");
    assertThat(client.say("OPTS MLST type ;")).isEqualTo("501 Invalid number of arguments.");
  }

  @Test
  @Spec({"FT-1", "FT-10"})
  void helpIsReadFromTheTable() throws IOException {
    assertThat(client.say("HELP"))
        .startsWith("214-The following commands are recognized:")
        .contains("RETR")
        .endsWith("214 Help command successful.");
    assertThat(client.say("HELP retr")).isEqualTo("214 Syntax: RETR <SP> path (send a file).");
    assertThat(client.say("SITE HELP")).contains(" CHMOD").contains(" HELP");
    assertThat(client.say("SITE HELP chmod")).startsWith("214 Syntax: SITE CHMOD");
    assertThat(client.say("HELP SITE CHMOD")).startsWith("214 Syntax: SITE CHMOD");
  }

  @Test
  @Spec({"FT-1", "FT-26"})
  void statOfTheSessionAndOfFiles() throws IOException {
    ftp.file("a", new byte[7]);
    assertThat(client.say("STAT"))
        .startsWith("211-FTP server status:")
        .contains("Logged in as: user")
        .contains("TYPE: ASCII; STRUcture: File; MODE: Stream")
        .contains("Data connection closed.")
        .endsWith("211 End of status.");
    assertThat(client.say("STAT /"))
        .startsWith("213-Status of \"/\":\n-rw")
        .endsWith(" a\n213 End of status.");
    assertThat(client.say("STAT a")).endsWith(" a\n213 End of status.");
    assertThat(client.say("STAT *")).isEqualTo("550 Globbing not supported.");
    assertThat(client.say("STAT nope")).isEqualTo("550 No such file or directory.");
  }

  @Test
  @Spec("FT-5")
  void mlstTellsTheWholePath() throws IOException {
    Files.createDirectory(root.resolve("d"));
    ftp.file("d/a b", new byte[7]);
    client.say("CWD d");
    assertThat(client.say("MLST a b"))
        .matches(
            "250-Listing \"/d/a b\":\n type=file;perm=adfrw;size=7;modify=\\d{14};unique=\\w+;"
                + " /d/a b\n250 End MLST.");
    assertThat(client.say("MLST"))
        .contains("\n type=dir;perm=cdeflmp;size=")
        .contains("; /d\n250 End");
    client.say("OPTS MLST unix.mode;unix.owner;unix.group;unix.uid;unix.gid;");
    Map<String, Object> facts = Files.readAttributes(root.resolve("d/a b"), "unix:uid,gid");
    assertThat(client.say("MLST a b"))
        .containsPattern("\n unix.mode=0\\d{3};unix.owner=\\w+;unix.group=\\w+;")
        .contains(";unix.uid=%s;unix.gid=%s; /d".formatted(facts.get("uid"), facts.get("gid")));
    client.say("OPTS MLST");
    assertThat(client.say("MLST a b")).contains("\n  /d/a b\n");
    assertThat(client.say("MLST nope")).isEqualTo("550 No such file or directory.");
  }
}
