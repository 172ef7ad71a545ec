package dev.tiercel.benchmarks.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.benchmarks.chart.Named;
import dev.tiercel.benchmarks.chart.Reading;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final String HOSTILE = "<script>alert(\"1\")</script> & 'more'";

  private final Report report =
      new Report(
          List.of(new Metric(HOSTILE, "ms", 100, 10, Target.QUERIES)),
          List.of(new Named(HOSTILE + ": Tiercel", HOSTILE, new Reading(2, 1, 3))),
          List.of("tasks in " + HOSTILE));

  @Test
  void nothingOfWhatIsNamedBecomesMarkup() {
    String page = report.html();

    assertFalse(page.contains("<script"), page);
    assertTrue(
        page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;"));
  }

  @Test
  void thePageAsksForNothingFromElsewhere() {
    String page = report.html().replace("xmlns=\"http://www.w3.org/2000/svg\"", "");

    for (String outward : List.of("http:", "https:", "src=", "href=", "url(", "@import")) {
      assertFalse(page.contains(outward), outward);
    }
  }

  @Test
  void theFiguresAreWrittenBesideThePage(@TempDir Path folder) throws Exception {
    report.write(folder);

    JsonNode all = new ObjectMapper().readTree(folder.resolve("scorecard.json").toFile());
    assertEquals(4, all.size());
    assertEquals(HOSTILE + ": naive", all.get(0).get("name").asText());
    assertEquals(100, all.get(0).get("value").asDouble());
    assertEquals(HOSTILE + ", times naive: Tiercel", all.get(2).get("name").asText());
    assertEquals(0.1, all.get(2).get("value").asDouble());
    assertEquals(1, all.get(3).get("low").asDouble());
    assertEquals(3, all.get(3).get("high").asDouble());
  }
}
