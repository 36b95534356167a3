package io.github.jsendfile.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

class FiguresTest {
  @Test
  void mediansAndQuantiles() {
    assertThat(Numbers.median(new double[] {3, 1, 2})).isEqualTo(2);
    assertThat(Numbers.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
    assertThat(Numbers.quantile(new double[] {5, 1, 4, 2, 3}, 0.5)).isEqualTo(3);
    assertThat(Numbers.quantile(new double[] {5, 1, 4, 2, 3}, 0.99)).isEqualTo(5);
    assertThat(Numbers.quantile(new double[] {5, 1}, 1)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"0.1234, 0.123", "1.234, 1.23", "12.34, 12.3", "1234.5, 1235", "0, 0.00"})
  void numbersAreShort(double value, String text) {
    assertThat(Numbers.text(value)).isEqualTo(text);
  }

  @Test
  void tablesAreMarkdownAndAligned() {
    Table table = new Table("what", "µs").row("a call", "1.25").row("none", "0");

    assertThat(table)
        .hasToString(
            """
            | what   |   µs |
            | ------ | ----:|
            | a call | 1.25 |
            | none   |    0 |
            """);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.1", "0.9, 0.2", "1.1, 0.2", "3, 0.5", "70, 20"})
  void ticksAreRound(double longest, double step) {
    assertThat(BarChart.tickStep(longest)).isEqualTo(step);
  }

  @Test
  void chartsAreWellFormedAndShowEveryBar() throws Exception {
    String svg =
        new BarChart(
                "CPU & more",
                "s/GB",
                List.of(
                    new BarChart.Bar("ours <fast>", 0.21, true),
                    new BarChart.Bar("theirs", 1.05, false)))
            .svg();

    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));

    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(2);
    assertThat(document.getDocumentElement().getTextContent())
        .contains("CPU & more", "ours <fast>", "theirs", "0.210", "1.05", "s/GB")
        .contains("prefers-color-scheme: dark");
  }

  @Test
  void panelsShowEveryFigureAndWhereThereIsNone() throws Exception {
    String svg =
        new PanelChart(
                "requests",
                List.of("ours", "theirs"),
                List.of(
                    new PanelChart.Column("1 KiB", List.of(10.0, 5.0)),
                    new PanelChart.Column("1 MiB", List.of(2.0, Double.NaN)),
                    new PanelChart.Column("p99", List.of(3.0, Double.POSITIVE_INFINITY))))
            .svg();

    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(4);
    assertThat(svg).contains("theirs", "1 MiB", ">5.00<", ">–<", ">never<");
  }
}
