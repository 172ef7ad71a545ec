package dev.tiercel.benchmarks.figures;

import static dev.tiercel.benchmarks.figures.Promise.Bound.atMost;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawingTest {
  private static final String PAGE =
      """
      <!-- figures:promises -->
      promised before
      <!-- /figures -->
      <!-- figures:both -->
      drawn before
      <!-- /figures -->
      """;

  private final Catalog catalog =
      new Catalog(
          List.of(
              Run.scorecard("one", Subject.WEB, "one", 1),
              Run.scorecard("two", Subject.WEB, "two", 1)),
          List.of(
              Plot.bars("both", "Both")
                  .column("one", "one", "ms")
                  .column("two", "two", "ms")
                  .ours("Tiercel", "{}: a")),
          List.of(
              Promise.plain("first", "one: a", atMost(1, "ms")),
              Promise.plain("second", "two: a", atMost(1, "ms"))));

  @TempDir private Path docs;
  private Results results;

  @BeforeEach
  void page() throws Exception {
    Files.writeString(docs.resolve("performance.md"), PAGE);
    results = new Results(docs.resolve("results"));
  }

  @Test
  void whatIsMeasuredInPartIsLeftAsItIs() throws Exception {
    measured("one", "a");

    assertEquals(Map.of("both", Set.of("two"), "promises", Set.of("two")), draw());
    assertEquals(PAGE, Files.readString(docs.resolve("performance.md")));
    assertFalse(Files.exists(docs.resolve("charts/both.svg")));
  }

  @Test
  void aRunThatDidNotMeasureAllOfItIsNamedWithWhatItLacks() throws Exception {
    measured("one", "a");
    measured("two", "b");

    assertEquals(Map.of("both", Set.of("two: a"), "promises", Set.of("two: a")), draw());
  }

  @Test
  void whatIsMeasuredIsDrawn() throws Exception {
    measured("one", "a");
    measured("two", "a");

    assertEquals(Map.of(), draw());
    String page = Files.readString(docs.resolve("performance.md"));
    assertFalse(page.contains("before"), page);
    assertTrue(Files.exists(docs.resolve("charts/both.svg")));
  }

  @Test
  void nothingIsWrittenForAPageWithoutAPlace() throws Exception {
    Files.writeString(docs.resolve("performance.md"), PAGE.replace("promises", "other"));
    measured("one", "a");
    measured("two", "a");

    assertThrows(IllegalArgumentException.class, this::draw);
    assertFalse(Files.exists(docs.resolve("charts/both.svg")));
  }

  private Map<String, Set<String>> draw() throws Exception {
    return new Drawing(catalog, results, docs).draw(docs);
  }

  private void measured(String run, String reading) throws Exception {
    JsonNode round =
        new ObjectMapper()
            .readTree(
                "[{\"name\": \"%s\", \"unit\": \"ms\", \"value\": 1, \"low\": 1, \"high\": 1}]"
                    .formatted(reading));
    Origin origin = new Origin("abc", "mvn", 1, "box", "17", List.of());
    results.put(run, new Measured(origin, List.of(round)));
  }
}
