package dev.tiercel.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.benchmarks.chart.Figure;
import dev.tiercel.benchmarks.chart.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private final Catalog catalog = Catalog.all();
  private final List<String> runs = catalog.runs().stream().map(Run::name).toList();

  @Test
  void everyPlotAndEveryPromiseShowsRunsThatThereAre() {
    for (Plot plot : catalog.plots()) {
      assertTrue(runs.containsAll(plot.runs()), plot.name() + " shows " + plot.runs());
    }
    for (Promise promise : catalog.promises()) {
      promise.measured(
          choice -> {
            assertTrue(runs.contains(choice.run()), promise.text());
            return List.of(1.0);
          });
    }
  }

  @Test
  void everyRunIsShown() {
    Set<String> shown = new HashSet<>();
    catalog.plots().forEach(plot -> shown.addAll(plot.runs()));

    assertEquals(Set.copyOf(runs), shown);
    assertEquals(runs.size(), Set.copyOf(runs).size());
  }

  @Test
  void thePageHasAPlaceForEveryPlotAndNoOther() throws Exception {
    Set<String> places =
        new HashSet<>(new Page(Files.readString(Path.of("../../docs/performance.md"))).places());
    Set<String> wanted = new HashSet<>(Set.of("promises"));
    catalog.plots().forEach(plot -> wanted.add(plot.name()));

    assertEquals(wanted, places);
  }

  /** What was drawn lies in the build's folder, to be looked at. */
  @Test
  void everyPlotCanBeDrawnAndItsLabelsHaveRoom() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/drawn"));
    for (Plot plot : catalog.plots()) {
      Figure figure = plot.figure(CatalogTest::madeUp);

      Files.writeString(folder.resolve(plot.name() + ".svg"), plot.svg(figure));
      int room = plot.grows().isEmpty() ? 36 : 31;
      for (Figure.Row row : figure.rows()) {
        assertTrue(row.label().length() <= room, plot.name() + ": " + row.label());
      }
    }
  }

  private static List<Double> madeUp(Choice choice) {
    Random random = new Random(choice.toString().hashCode());
    double middle = Math.pow(10, 1 + 3 * random.nextDouble());
    return List.of(middle, middle * 0.9, middle * 1.3);
  }

  @Test
  void aPlaceIsFilledAnewAndTheRestStays() {
    String text =
        "a\n"
            + "<!-- figures:x -->\n"
            + "old $1\n"
            + "<!-- /figures -->\n"
            + "b\n"
            + "<!-- figures:y -->\n"
            + "<!-- /figures -->\n";
    Page page = new Page(text);

    page.fill("x", "new $2");

    assertEquals(text.replace("old $1", "new $2"), page.text());
    assertThrows(IllegalArgumentException.class, () -> page.fill("z", ""));
  }

  @Test
  void aPageWithTheLinesOfWindowsIsFilledInItsWay() {
    Page page = new Page("a\r\n<!-- figures:x -->\r\nold\r\n<!-- /figures -->\r\n");

    page.fill("x", "new\nlines");

    assertEquals("a\r\n<!-- figures:x -->\r\nnew\r\nlines\r\n<!-- /figures -->\r\n", page.text());
  }

  @Test
  void aPromiseThatComparesReadingsOfTheScorecardIsRefused() {
    List<Run> one = List.of(Run.scorecard("web", Subject.WEB, "web", 1));
    Promise.Bound bound = Promise.Bound.atMost(1, "×");

    for (Promise promise :
        List.of(
            Promise.ratio("faster", "web: a", "web: b", bound),
            Promise.difference("faster", "web: a", "web: b", bound))) {
      assertThrows(
          IllegalArgumentException.class, () -> new Catalog(one, List.of(), List.of(promise)));
    }
    new Catalog(one, List.of(), List.of(Promise.plain("fast", "web: a", bound)));
  }

  @Test
  void bytesAreShownWithoutTheNoiseOfTheProfiler() {
    Plot plot = Plot.bars("x", "x").column("", "", "bytes a hit").ours("Tiercel", "run: A.b");

    Figure figure = plot.figure(choice -> List.of(0.0003, 0.06, 0.4));

    assertEquals(Optional.of(new Reading(0.1, 0, 0.4)), figure.rows().get(0).cells().get(0));
  }

  @Test
  void aChoiceIsWrittenAsItIsRead() {
    for (String text : List.of("run: A.b", "run: A.b[x=1,y=2]#bytes", "run: a, b: c")) {
      assertEquals(text, Choice.of(text).text());
    }
  }

  @Test
  void aChoiceThatIsWrittenInAnotherWayIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Choice.of("PointRead.tiercel"));
  }
}
