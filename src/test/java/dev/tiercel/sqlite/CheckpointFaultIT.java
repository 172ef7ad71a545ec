package dev.tiercel.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.faults.Fault;
import dev.tiercel.faults.Fault.Errno;
import dev.tiercel.faults.Fault.Extent;
import dev.tiercel.faults.Fault.Operation;
import dev.tiercel.faults.Shim;
import dev.tiercel.sqlite.FaultyChild.Answer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A checkpoint that fails loses nothing: the log keeps what the database did not get. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CheckpointFaultIT {
  /* A pass that had begun before the fault was armed may end untouched beside it. */
  private static final int UNTOUCHED_IN_A_ROW = 3;

  @TempDir static Path tools;
  private static Path shim;

  @TempDir Path folder;

  @BeforeAll
  static void compile() throws Exception {
    shim = Shim.compile(tools);
  }

  static Stream<Fault> faults() {
    return Stream.of(
        Fault.of(Operation.WRITE, Fault.DATABASE, Errno.EIO),
        Fault.of(Operation.WRITE, Fault.DATABASE, Errno.EIO).carriedOut(Extent.HALF_DONE),
        Fault.of(Operation.WRITE, Fault.DATABASE, Errno.ENOSPC),
        Fault.of(Operation.SYNC, Fault.DATABASE, Errno.EIO));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whatWasAcknowledgedOutlivesEveryFailingCall(Fault fault) throws Exception {
    try (FaultyChild child = FaultyChild.start(shim, folder)) {
      child.settle(0, 0);
      Map<Long, Boolean> expected = new HashMap<>(Map.of(0L, true));
      int calls = 0;
      int untouched = 0;
      long batch = 0;
      while (untouched < UNTOUCHED_IN_A_ROW) {
        Fault armed = fault.after(calls++);
        Answer answer = child.checkpoint(++batch, armed);
        expected.put(batch, true);
        String at = armed.text() + ": " + answer;
        assertEquals(expected, answer.stored(), "while it lasts, " + at);
        assertEquals(expected, child.whatAKillWouldLeave(), "after a kill, " + at);
        assertEquals(0, answer.borrowed(), at);
        untouched = answer.failed() == 0 ? untouched + 1 : 0;
        Answer settled = child.settle(++batch, 0);
        expected.put(batch, true);
        assertEquals(expected, settled.stored(), "settled after " + at);
      }
      assertTrue(calls > UNTOUCHED_IN_A_ROW, "no call ever failed");
      assertEquals(expected, child.whatAKillLeaves(), fault + " after a kill at the end");
    }
  }

  static Stream<Fault> faultsAtClose() {
    return Stream.of(
        Fault.of(Operation.WRITE, Fault.DATABASE, Errno.EIO),
        Fault.of(Operation.WRITE, Fault.DATABASE, Errno.EIO).forGood(),
        Fault.of(Operation.WRITE, Fault.DATABASE, Errno.ENOSPC).forGood(),
        Fault.of(Operation.SYNC, Fault.DATABASE, Errno.EIO).forGood(),
        Fault.of(Operation.SYNC, Fault.LOG, Errno.EIO).forGood(),
        Fault.of(Operation.TRUNCATE, Fault.LOG, Errno.EIO).forGood());
  }

  @ParameterizedTest
  @MethodSource("faultsAtClose")
  void closingOnABrokenDiskEndsAndLosesNothing(Fault fault) throws Exception {
    try (FaultyChild child = FaultyChild.start(shim, folder)) {
      child.settle(0, 0);
      child.settle(1, 0);
      Answer answer = child.closeDatabase(fault);
      String at = fault.text() + ": " + answer;
      assertTrue(answer.failed() > 0, "nothing failed, " + at);
      assertEquals(Map.of(0L, true, 1L, true), child.whatAKillWouldLeave(), "closed, " + at);
      assertEquals(Map.of(0L, true, 1L, true), child.whatAKillLeaves(), "killed, " + at);
    }
  }
}
