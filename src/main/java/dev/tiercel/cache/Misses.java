package dev.tiercel.cache;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Remembers why keys were missed lately; a newer key takes the place of an older one. */
final class Misses {
  private static final int PLACES = 1 << 10;

  private final AtomicReferenceArray<Miss> last = new AtomicReferenceArray<>(PLACES);

  void note(Object key, Miss.Reason reason, String detail) {
    last.setRelease(place(key), new Miss(key, reason, detail));
  }

  Optional<Miss> of(Object key) {
    return Optional.ofNullable(last.getAcquire(place(key))).filter(miss -> miss.key().equals(key));
  }

  /** The keys that are remembered. */
  Stream<Object> keys() {
    return IntStream.range(0, PLACES)
        .mapToObj(last::getAcquire)
        .flatMap(Stream::ofNullable)
        .map(Miss::key);
  }

  private static int place(Object key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (PLACES - 1);
  }
}
