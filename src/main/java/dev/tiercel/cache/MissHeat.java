package dev.tiercel.cache;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Counts which keys are missed most, in the room of a few.
 *
 * <p>Each place holds one key. A miss of another key that belongs there takes one from its count,
 * and takes the place when nothing is left: whoever has most of the misses of a place stays (the
 * majority vote of Boyer and Moore, 1991). Racing misses may lose a count, never a place for long.
 */
final class MissHeat {
  private static final int PLACES = 1 << 10;
  private static final double HALF_LIFE_MILLIS = 60_000;

  /* Below this, what is left of a count is about the past. */
  private static final double LEAST = 0.5;

  private final CoarseClock clock;
  private final AtomicReferenceArray<Heat> places = new AtomicReferenceArray<>(PLACES);

  private record Heat(Object key, double count, long atMillis, Miss.Reason reason) {
    double at(long millis) {
      long passed = millis - atMillis;
      return passed <= 0 ? count : count * Math.pow(0.5, passed / HALF_LIFE_MILLIS);
    }
  }

  MissHeat(CoarseClock clock) {
    this.clock = clock;
  }

  void note(Object key, Miss.Reason reason) {
    long now = clock.millis();
    int place = place(key);
    Heat before = places.getAcquire(place);
    double count = before == null ? 0 : before.at(now);
    Heat after;
    if (before == null || before.key().equals(key)) {
      after = new Heat(key, count + 1, now, reason);
    } else if (count < 1) {
      after = new Heat(key, 1, now, reason);
    } else {
      after = new Heat(before.key(), count - 1, now, before.reason());
    }
    places.setRelease(place, after);
  }

  List<MissedKey> top(int most) {
    long now = clock.millis();
    return IntStream.range(0, PLACES)
        .mapToObj(places::getAcquire)
        .flatMap(Stream::ofNullable)
        .map(heat -> new Heat(heat.key(), heat.at(now), now, heat.reason()))
        .filter(heat -> heat.count() >= LEAST)
        .sorted(Comparator.comparingDouble(Heat::count).reversed())
        .limit(most)
        .map(heat -> new MissedKey(Keys.text(heat.key()), heat.count(), heat.reason().text()))
        .toList();
  }

  private static int place(Object key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash >>> (32 - 10);
  }
}
