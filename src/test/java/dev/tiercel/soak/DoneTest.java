package dev.tiercel.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What was never done is named. */
class DoneTest {
  private final Done done = new Done();

  @Test
  void aWorkerWithoutAStepIsNamed() {
    done.steps("reader", 0);
    done.steps("writer", 0);
    done.steps("writer", 3);
    assertEquals(List.of("never once: reader"), done.missing(false));
  }

  @Test
  void faultsThatNeverBitAreNamedWhereTheyMust() {
    done.backups.increment();
    assertEquals(7, done.missing(true).size(), done.missing(true)::toString);
    assertEquals(List.of(), done.missing(false));
  }
}
