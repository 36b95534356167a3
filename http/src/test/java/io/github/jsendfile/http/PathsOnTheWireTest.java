package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Paths, directories and redirections, one row a case.
@ExtendWith(LeakCheck.class)
@Timeout(30)
class PathsOnTheWireTest {
  @TempDir private static Path root;
  private static HttpFixture http;

  @BeforeAll
  static void start() throws IOException {
    for (String name :
        new String[] {
          "plain.txt",
          "a b.txt",
          "é.txt",
          "100%.txt",
          "a%20b.txt",
          "q?.txt",
          "semi;colon",
          "plus+plus",
          "amp&.txt",
          "..dots",
          "dots..",
          "a..b",
          "日本語",
          "site/index.html",
          "site/index.htm",
          "site/index.html.bak",
          "odd/index.html/inner",
          "both/é é/f",
          "con",
          "x:y"
        }) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    Files.createDirectory(root.resolve("none"));
    http = HttpFixture.over(root);
  }

  @AfterAll
  static void stop() throws IOException {
    http.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          /plain.txt plain.txt
          /%70lain.txt plain.txt
          //plain.txt plain.txt
          ///plain.txt plain.txt
          /site//index.html site/index.html
          /a%20b.txt 'a b.txt'
          /%C3%A9.txt é.txt
          /%c3%a9.txt é.txt
          /100%25.txt 100%.txt
          /a%2520b.txt a%20b.txt
          /q%3F.txt q?.txt
          /semi;colon semi;colon
          /semi%3Bcolon semi;colon
          /plus+plus plus+plus
          /plus%2Bplus plus+plus
          /amp&.txt amp&.txt
          /%E6%97%A5%E6%9C%AC%E8%AA%9E 日本語
          /a..b a..b
          /dots.. dots..
          /x:y x:y
          /site/ site/index.html
          /site/? site/index.html
          /site/?q=1 site/index.html
          /site/index.html site/index.html
          /both/%C3%A9%20%C3%A9/f 'both/é é/f'
          """)
  @Spec({"HT-20", "HT-26"})
  void files(String target, String content) throws IOException {
    Wire.Answer answer = http.ask("GET", target);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\0',
      textBlock =
          """
          /site /site/
          /site?q=1 /site/?q=1
          /site?a=b&c=%20d/ /site/?a=b&c=%20d/
          /site? /site/?
          //site /site/
          ///site /site/
          //site?x /site/?x
          /none /none/
          /both/%C3%A9%20%C3%A9 /both/%C3%A9%20%C3%A9/
          /both/%c3%a9%20é /both/%C3%A9%20%C3%A9/
          /odd/index.html /odd/index.html/
          /%73ite /site/
          http://elsewhere/site?q /site/?q
          """)
  @Spec("HT-26")
  void redirections(String target, String location) throws IOException {
    String asSent = target.replace("é", "\u00c3\u00a9"); // its bytes, one by one
    for (String method : new String[] {"GET", "HEAD"}) {
      Wire.Answer answer = http.ask(method, asSent);
      assertThat(answer.status()).isEqualTo(301);
      assertThat(answer.lines()).contains("Location: " + location);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\0',
      textBlock =
          """
          /plain.txt/ 404
          /plain.txt/x 404
          /site/index.html/ 404
          /PLAIN.TXT 404
          /plain.tx 404
          /plain.txt%20 404
          /plain.txt. 404
          /plain.txt::$DATA 404
          /..dots 404
          /con/ 404
          /none/x 404
          /none/x/ 404
          /q?.txt 404
          /%2570lain.txt 404
          /. 400
          /.. 400
          /../ 400
          /./plain.txt 400
          /../plain.txt 400
          /site/../plain.txt 400
          /site/.. 400
          /site/. 400
          /%2e%2e/plain.txt 400
          /%2E%2E/plain.txt 400
          /.%2e/plain.txt 400
          /%2e./plain.txt 400
          /%2e/plain.txt 400
          /site%2findex.html 400
          /site%2Findex.html 400
          /site\\index.html 400
          /site%5cindex.html 400
          /..\\plain.txt 400
          /..%5cplain.txt 400
          /plain.txt%00 400
          /%00 400
          /plain.txt%00.html 400
          /% 400
          /%2 400
          /%zz 400
          /%2z 400
          /%u002e 400
          /100%.txt 400
          /%FF 400
          /%C0%AE%C0%AE/plain.txt 400
          /%C0%AF 400
          /%E0%80%AE 400
          /%ED%A0%80 400
          /%C3 400
          /%F4%90%80%80 400
          """)
  @Spec({"HT-8", "HT-20", "HT-26"})
  void refusals(String target, int status) throws IOException {
    Wire.Answer answer = http.ask("GET", target);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).doesNotContain(root.toString()).doesNotContain("Exception");
    assertThat(http.ask("HEAD", target).status()).isEqualTo(status);
  }
}
