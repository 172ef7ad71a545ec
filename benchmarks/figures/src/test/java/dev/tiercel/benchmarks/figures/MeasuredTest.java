package dev.tiercel.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredTest {
  private static final String ROUND =
      """
      [{"benchmark": "dev.PointRead.tiercel", "params": {"rows": "10", "peer": "A"},
        "primaryMetric": {"rawData": [[5.0, 1.0, 3.0]]},
        "secondaryMetrics": {"bytes": {"rawData": [[7.0]]}}},
       {"benchmark": "dev.PointRead.tiercel", "params": {"rows": "10", "peer": "B"},
        "primaryMetric": {"rawData": [[9.0]]}}]
      """;
  private static final Origin ORIGIN = new Origin("abc", "mvn", 0, "box", "17", List.of("x 1"));

  @Test
  void aChoiceIsTheMedianOfTheIterationsOfEachRound() throws Exception {
    Measured measured = measured(ROUND, ROUND.replace("3.0", "4.0"));

    assertEquals(
        List.of(3.0, 4.0), measured.values(Choice.of("run: PointRead.tiercel[peer=A,rows=10]")));
    assertEquals(
        List.of(7.0, 7.0), measured.values(Choice.of("run: PointRead.tiercel[peer=A]#bytes")));
    assertEquals(List.of(), measured.values(Choice.of("run: PointRead.tiercel[peer=C]")));
  }

  @Test
  void aChoiceThatFitsTwoResultsIsRefused() throws Exception {
    Measured measured = measured(ROUND);

    assertThrows(
        IllegalArgumentException.class,
        () -> measured.values(Choice.of("run: PointRead.tiercel[rows=10]")));
  }

  @Test
  void aReadingBringsItsRangeWithIt() throws Exception {
    Measured measured =
        measured("[{\"name\": \"a: b\", \"unit\": \"ms\", \"value\": 2, \"low\": 1, \"high\": 4}]");

    assertEquals(List.of(1.0, 2.0, 4.0), measured.values(Choice.of("run: a: b")));
  }

  @Test
  void whatIsKeptComesBackWithItsOrigin(@TempDir Path folder) throws Exception {
    Results results = new Results(folder);
    results.put("run", measured(ROUND, ROUND));

    Measured back = results.of("run").orElseThrow();

    assertEquals(2, back.rounds().size());
    assertEquals("", ORIGIN.differsFrom(back.origin()));
    assertEquals(2, back.origin().rounds());
  }

  @Test
  void whatIsKeptNamesNoPlaceOfTheMachine(@TempDir Path folder) throws Exception {
    String result =
        """
        [{"benchmark": "a.B.c", "jvm": "/opt/java", "jvmArgs": ["-Dplace=/home/x"], "params": {},
          "primaryMetric": {"score": 2.5, "scoreError": "NaN", "rawData": [[2, 3]]},
          "secondaryMetrics": {"gc": {"scoreUnit": "B/op", "rawData": [[8]]}}}]""";
    Results results = new Results(folder);
    results.put("run", measured(result));

    Measured back = results.of("run").orElseThrow();

    assertEquals(List.of(2.5), back.values(Choice.of("run: B.c")));
    assertEquals(List.of(8.0), back.values(Choice.of("run: B.c#gc")));
    String kept = Files.readString(folder.resolve("run.json"));
    assertFalse(kept.contains("/opt") || kept.contains("/home"), kept);
  }

  @Test
  void anotherCommitIsNoticed() {
    Origin other = new Origin("def", "mvn", 3, "box", "17", List.of("x 1"));

    assertEquals("commit was abc, is def", other.differsFrom(ORIGIN));
  }

  @Test
  void codeThatIsNotCommittedIsNeverTheSame() {
    for (String commit : List.of("abc with changes", "unknown")) {
      Origin origin = new Origin(commit, "mvn", 3, "box", "17", List.of("x 1"));

      assertTrue(origin.differsFrom(origin).contains(commit), origin.differsFrom(origin));
    }
  }

  @Test
  void outsideOfARepositoryTheCommitIsUnknown(@TempDir Path folder) throws Exception {
    assertEquals("unknown", Commit.of(folder));
  }

  @Test
  void whatCannotBeReadIsAsIfItWereNotThere(@TempDir Path folder) throws Exception {
    Results results = new Results(folder);
    for (String text :
        List.of(
            "",
            "{",
            "[]",
            "{\"origin\": {}, \"rounds\": []}",
            "{\"origin\": null, \"rounds\": []}")) {
      Files.writeString(folder.resolve("run.json"), text);

      assertEquals(Optional.empty(), results.of("run"), text);
    }
  }

  @Test
  void aRunThatFailedTakesNoMoreTime() {
    Run run = Run.of("a", Subject.POOL, "A", 3, 60);
    Progress progress = new Progress(List.of(run, Run.of("b", Subject.POOL, "B", 1, 60)));
    assertEquals(4, progress.minutesLeft());

    progress.took(run, 60);
    progress.failed(run);

    assertEquals(1, progress.minutesLeft());
  }

  @Test
  void whatIsTypedHasTheSameHeap() {
    Run run = Run.of("a", Subject.POOL, "A", 1, 1);

    String heap = run.arguments().get(run.arguments().indexOf("-jvmArgsPrepend") + 1);
    assertTrue(heap.contains("-Xmx"), heap);
    assertTrue(run.command().contains("-jvmArgsPrepend '" + heap + "'"), run.command());
  }

  private static Measured measured(String... rounds) throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> read = new ArrayList<>();
    for (String round : rounds) {
      read.add(json.readTree(round));
    }
    return new Measured(ORIGIN.withRounds(read.size()), read);
  }
}
