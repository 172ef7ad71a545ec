package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When there are too many bans, the oldest gives way to the floor without a gap between them. */
class BanOverflowTest {
  private static final int ROUNDS = 200;
  private static final String KEY = "key";

  /* A look-up that takes its time. */
  private static final TagSet MANY =
      TagSet.of(
          Tags.of(IntStream.range(0, TagSet.MAX).mapToObj(i -> Tag.of("task", "" + i)).toList()));

  @Test
  void whatTheOldestBanVoidsStaysVoidWhileItGivesWay() throws Exception {
    Raise other = Raise.pattern("other");
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Versions versions = new Versions();
        versions.apply(Raise.pattern(KEY), 1);
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean reading = new AtomicBoolean();
        Future<Long> reader =
            threads.submit(
                () -> {
                  long found = Versions.STALE;
                  while (found == Versions.STALE && !over.get()) {
                    found = versions.validate(0, MANY, KEY, new AtomicLong());
                    reading.set(true);
                  }
                  return found;
                });
        while (!reading.get()) {
          Thread.onSpinWait();
        }
        for (int at = 2; at < 2 + Versions.MAX_BANS; at++) {
          versions.apply(other, at);
        }
        over.set(true);
        assertEquals(Versions.STALE, reader.get(), "round " + round);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void onlyWhatIsOlderThanTheOldestBanFalls() {
    Versions versions = new Versions();
    for (int at = 1; at <= Versions.MAX_BANS + 3; at++) {
      versions.apply(Raise.pattern("p" + at), at);
    }
    assertEquals(Versions.MAX_BANS, versions.bans().length);
    assertTrue(versions.validate(3, TagSet.NONE, KEY, new AtomicLong()) > 0);
    assertEquals(Versions.STALE, versions.validate(2, TagSet.NONE, KEY, new AtomicLong()));
    for (int at = 1; at <= Versions.MAX_BANS + 3; at++) {
      assertEquals(
          Versions.STALE, versions.validate(at - 1, TagSet.NONE, "p" + at, new AtomicLong()));
    }
    assertEquals(List.of(4L, 35L), List.of(versions.bans()[0].seq(), versions.bans()[31].seq()));
  }
}
