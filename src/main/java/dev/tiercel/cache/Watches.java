package dev.tiercel.cache;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who watch a cache; mostly nobody. Thread-safe. */
final class Watches {
  private final List<CacheWatch> open = new CopyOnWriteArrayList<>();

  CacheWatch open(CoarseClock clock) {
    CacheWatch watch = new CacheWatch(this, clock);
    open.add(watch);
    return watch;
  }

  void remove(CacheWatch watch) {
    open.remove(watch);
  }

  void loaded(long nanos) {
    if (!open.isEmpty()) {
      open.forEach(watch -> watch.loaded(nanos));
    }
  }

  void missed(Object key, Miss.Reason reason) {
    if (!open.isEmpty()) {
      open.forEach(watch -> watch.missed(key, reason));
    }
  }
}
