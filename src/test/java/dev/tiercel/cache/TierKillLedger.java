package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a process said before it was killed, and the judgement of what it left behind. A value that
 * a tier had acknowledged counts as long as nothing that may void it ended after its load began.
 * Used by one thread.
 */
final class TierKillLedger {
  /** What was found after the kills so far. */
  record Verdict(long served, long stale, long wrong, long acknowledged, long lost, long evicted) {
    static final Verdict NONE = new Verdict(0, 0, 0, 0, 0, 0);

    Verdict and(Verdict more) {
      return new Verdict(
          served + more.served,
          stale + more.stale,
          wrong + more.wrong,
          acknowledged + more.acknowledged,
          lost + more.lost,
          evicted + more.evicted);
    }

    /** How much of what must be there is there. */
    double share() {
      long due = acknowledged - Math.min(lost, evicted);
      return due == 0 ? 1 : (double) (acknowledged - lost) / due;
    }
  }

  private record Write(int id, long version) {
    boolean isOf(String key) {
      return VersionedItems.itemsOf(key).contains(id);
    }
  }

  private final Map<Integer, Long> committed = new HashMap<>();
  private final Map<Integer, Set<Long>> maybe = new HashMap<>(); // Under way at a kill.
  private final Map<Integer, Write> writing = new HashMap<>(); // By thread, as the next.
  private final Map<Integer, Predicate<String>> voiding = new HashMap<>();
  private final Map<Integer, TreeSet<String>> filling = new TreeMap<>();
  private final Map<String, List<Long>> acknowledged = new TreeMap<>();
  private long evicted;
  private long evictedBefore;

  void writing(int thread, int id, long version) {
    writing.put(thread, new Write(id, version));
  }

  void committed(int thread) {
    Write write = writing.remove(thread);
    committed.put(write.id(), write.version());
    maybe.remove(write.id());
    forget(write::isOf);
  }

  /** Takes note of an invalidation that begins. */
  void voiding(int thread, Predicate<String> hit) {
    voiding.put(thread, hit);
  }

  void voided(int thread) {
    forget(voiding.remove(thread));
  }

  private void forget(Predicate<String> hit) {
    acknowledged.keySet().removeIf(hit);
    filling.values().forEach(keys -> keys.removeIf(hit));
  }

  /** A load begins, of what will be acknowledged only if nothing voids it. */
  void filling(int thread, String key) {
    filling.computeIfAbsent(thread, own -> new TreeSet<>()).add(key);
  }

  /** What a thread loaded since it was here last is in a tier. */
  void flushed(int thread, Map<String, List<Long>> values) {
    TreeSet<String> valid = filling.getOrDefault(thread, new TreeSet<>());
    values.forEach(
        (key, versions) -> {
          if (valid.contains(key)) {
            acknowledged.put(key, versions);
          }
        });
    filling.remove(thread);
  }

  /** How many entries had to go, in this process, so far. */
  void evicted(long sum) {
    evicted = sum;
  }

  /** How many entries must be there. */
  int acknowledged() {
    return acknowledged.size();
  }

  /** The process is dead; what it had begun may have happened. */
  void died() {
    voiding.values().forEach(this::forget);
    voiding.clear();
    for (Write write : writing.values()) {
      forget(write::isOf);
      maybe.computeIfAbsent(write.id(), id -> new TreeSet<>()).add(write.version());
    }
    writing.clear();
    filling.clear();
    evictedBefore += evicted;
    evicted = 0;
  }

  /**
   * Judges what is left.
   *
   * @param versions the versions of all items in the database
   * @param served what the cache has, by key
   */
  Verdict check(List<Long> versions, Map<String, String> served) {
    died();
    checkDatabase(versions);
    long stale = 0;
    long wrong = 0;
    for (Map.Entry<String, String> each : served.entrySet()) {
      String key = each.getKey();
      List<Long> said = versionsIn(each.getValue());
      if (!each.getValue().equals(VersionedItems.text(key, said))) {
        wrong++;
      } else if (!said.equals(current(key, versions))) {
        stale++;
      }
    }
    List<String> lost = new ArrayList<>();
    for (Map.Entry<String, List<Long>> each : acknowledged.entrySet()) {
      List<Long> now = current(each.getKey(), versions);
      assertTrue(now.equals(each.getValue()), () -> each + " was written unseen: " + now);
      if (!served.containsKey(each.getKey())) {
        lost.add(each.getKey());
      }
    }
    int due = acknowledged.size();
    acknowledged.keySet().removeAll(lost); // Once is enough.
    Verdict verdict = new Verdict(served.size(), stale, wrong, due, lost.size(), evictedBefore);
    evictedBefore = 0;
    return verdict;
  }

  private void checkDatabase(List<Long> versions) {
    for (int id = 0; id < versions.size(); id++) {
      Long found = versions.get(id);
      if (!found.equals(committed.getOrDefault(id, 0L))) {
        if (!maybe.getOrDefault(id, Set.of()).contains(found)) {
          fail(
              "item %d has version %d; acknowledged was %s, under way %s"
                  .formatted(id, found, committed.get(id), maybe.get(id)));
        }
        committed.put(id, found);
      }
    }
    maybe.clear();
  }

  private static List<Long> current(String key, List<Long> versions) {
    return VersionedItems.itemsOf(key).stream().map(versions::get).toList();
  }

  /** The versions that a value says it was made of; none if it is garbage. */
  static List<Long> versionsIn(String text) {
    String[] parts = text.split("\\|", 3);
    return parts.length == 3 ? parse(parts[1]) : List.of();
  }

  static List<Long> parse(String versions) {
    List<Long> numbers = new ArrayList<>();
    for (String number : versions.split(",", -1)) {
      if (!number.matches("[0-9]{1,18}")) {
        return List.of();
      }
      numbers.add(Long.parseLong(number));
    }
    return numbers;
  }
}
