package dev.tiercel.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.faults.Fault;
import dev.tiercel.faults.Fault.Errno;
import dev.tiercel.faults.Fault.Extent;
import dev.tiercel.faults.Fault.Operation;
import dev.tiercel.faults.Shim;
import dev.tiercel.sqlite.FaultyChild.Answer;
import dev.tiercel.sqlite.FaultyProcess.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whichever call on the log fails, every writer is told the truth: what was acknowledged survives a
 * kill, what was refused is nowhere, and only a failed commit leaves it open.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CommitFaultIT {
  private static final Fault NO_ROOM = Fault.of(Operation.WRITE, Fault.LOG, Errno.ENOSPC);
  private static final Fault BAD_WRITE = Fault.of(Operation.WRITE, Fault.LOG, Errno.EIO);
  private static final Fault BAD_SYNC = Fault.of(Operation.SYNC, Fault.LOG, Errno.EIO);

  /* Room for the batches of one round. */
  private static final long ROUND = 100;
  private static final long SETTLED = 50;

  @TempDir static Path tools;
  private static Path shim;

  @TempDir Path folder;

  @BeforeAll
  static void compile() throws Exception {
    shim = Shim.compile(tools);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(Shape.GROUP, NO_ROOM),
        Arguments.of(Shape.GROUP, NO_ROOM.carriedOut(Extent.HALF_DONE)),
        Arguments.of(Shape.GROUP, NO_ROOM.forGood()),
        Arguments.of(Shape.GROUP, BAD_WRITE),
        Arguments.of(Shape.GROUP, BAD_WRITE.carriedOut(Extent.DONE)),
        Arguments.of(Shape.GROUP, BAD_WRITE.forGood()),
        Arguments.of(Shape.GROUP, BAD_SYNC),
        Arguments.of(Shape.GROUP, BAD_SYNC.carriedOut(Extent.DONE)),
        Arguments.of(Shape.GROUP, BAD_SYNC.forGood()),
        Arguments.of(Shape.GROUP, Fault.of(Operation.SYNC, Fault.LOG, Errno.ENOSPC)),
        Arguments.of(Shape.ALONE, NO_ROOM),
        Arguments.of(Shape.ALONE, BAD_WRITE),
        Arguments.of(Shape.ALONE, BAD_SYNC),
        Arguments.of(Shape.SPILL, NO_ROOM),
        Arguments.of(Shape.SPILL, BAD_WRITE),
        Arguments.of(Shape.SPILL, BAD_SYNC));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyWriterIsToldTheTruthWhicheverCallFails(Shape shape, Fault fault) throws Exception {
    try (FaultyChild child = FaultyChild.start(shim, folder)) {
      child.settle(0, 0);
      Answer answer;
      int calls = 0;
      int insideAPiece = 0;
      long batch = 0;
      do {
        batch += ROUND;
        Fault armed = fault.after(calls);
        answer = child.write(batch, shape, armed);
        String at = shape + " with " + armed.text() + ": " + answer;
        requireTruth(answer, armed, shape, at);
        // One was refused and the other went on: it failed in the middle of the work.
        insideAPiece += told(answer).size() > 1 ? 1 : 0;
        requireStored(answer.outcomes(), answer.stored(), "while it lasts, " + at);
        requireStored(answer.outcomes(), child.whatAKillWouldLeave(), "after a kill, " + at);

        Answer settled = child.settle(batch + SETTLED, batch);
        at = "settled as " + settled + " after " + at;
        answer.outcomes().putAll(settled.outcomes());
        requireStored(answer.outcomes(), settled.stored(), at);
        requireStored(answer.outcomes(), child.whatAKillWouldLeave(), "after a kill, " + at);
        assertEquals(0, settled.borrowed(), at);
        // A sync may have been the checkpoint's, beside the writers: then this place comes again.
        if (!isByTheCheckpoint(answer, armed)) {
          calls++;
        }
      } while (answer.failed() > 0);
      assertTrue(calls > 1, "no call ever failed");
      if (shape == Shape.SPILL && fault.operation() == Operation.WRITE) {
        assertTrue(insideAPiece > 10, "inside a piece but " + insideAPiece + " calls failed");
      }
    }
  }

  @Test
  void whatWasRefusedForWantOfRoomIsNotThereAfterAKill() throws Exception {
    Answer answer;
    int calls = 0;
    do {
      Path own = Files.createDirectory(folder.resolve("" + calls));
      try (FaultyChild child = FaultyChild.start(shim, own)) {
        child.settle(0, 0);
        Fault armed = NO_ROOM.after(calls);
        answer = child.write(ROUND, Shape.ALONE, armed);
        String at = armed.text() + ": " + answer;
        requireTruth(answer, armed, Shape.ALONE, at);
        requireStored(answer.outcomes(), child.whatAKillLeaves(), "after a kill, " + at);
      }
      calls++;
    } while (answer.failed() > 0);
    assertTrue(calls > 1, "no call ever failed");
  }

  private static boolean isByTheCheckpoint(Answer answer, Fault armed) {
    return armed.operation() == Operation.SYNC
        && answer.failed() > 0
        && !told(answer).contains("UNKNOWN_OUTCOME");
  }

  /* What the writers were told, but for the one that fails by itself. */
  private static Set<String> told(Answer answer) {
    Set<String> told = new TreeSet<>();
    answer
        .outcomes()
        .forEach(
            (batch, outcome) -> {
              if (batch % ROUND < Shape.GROUP.writers) {
                told.add(outcome);
              }
            });
    return told;
  }

  private static void requireTruth(Answer answer, Fault armed, Shape shape, String at) {
    assertEquals(0, answer.borrowed(), at);
    Set<String> told = told(answer);
    if (answer.failed() == 0) {
      assertEquals(Set.of("OK"), told, at);
    } else if (armed.operation() != Operation.SYNC) {
      assertFalse(told.equals(Set.of("OK")), "nobody was told, " + at);
    }
    if (shape != Shape.SPILL) {
      assertEquals(1, told.size(), "one commit, but not one outcome, " + at);
    }
    boolean noRoom = armed.operation() == Operation.WRITE && armed.error() == Errno.ENOSPC;
    Set<String> possible =
        noRoom
            ? Set.of("OK", "FULL")
            : shape == Shape.SPILL
                ? Set.of("OK", "OTHER", "UNKNOWN_OUTCOME")
                : Set.of("OK", "UNKNOWN_OUTCOME");
    assertTrue(possible.containsAll(told), "only " + possible + " may be told, " + at);
    if (shape != Shape.SPILL) {
      String outcome =
          switch (told.iterator().next()) {
            case "OK" -> "committed";
            case "FULL" -> "rolledBack";
            default -> "unknown";
          };
      assertEquals(List.of("before", outcome), answer.journal(), at);
    }
  }

  private static void requireStored(
      Map<Long, String> outcomes, Map<Long, Boolean> stored, String at) {
    stored.forEach((batch, whole) -> assertTrue(whole, "half of batch " + batch + " is in, " + at));
    outcomes.forEach(
        (batch, outcome) -> {
          if (!outcome.equals("UNKNOWN_OUTCOME")) {
            assertEquals(
                outcome.equals("OK"),
                stored.containsKey(batch),
                "batch " + batch + " was told " + outcome + ", " + stored + " is in, " + at);
          }
        });
    assertTrue(stored.containsKey(0L), "what was there before is gone, " + at);
  }
}
