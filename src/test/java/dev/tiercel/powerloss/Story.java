package dev.tiercel.powerloss;

import dev.tiercel.sqlite.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the writers of a recording said: before each write the sum of their tasks after it, and
 * afterwards that it is acknowledged. A writer has one write under way at most.
 */
final class Story {
  /** Says what a database must hold, and what it held. */
  enum Finding {
    SOUND,
    /** A cache answers otherwise than the database. */
    STALE,
    /** Acknowledged writes are not there. */
    LOST,
    /** What is there was never written so, or not in that order. */
    CORRUPT
  }

  private static final class Writer {
    final List<Long> sums = new ArrayList<>();
    final List<Integer> begun = new ArrayList<>(); // At which operation of the record.
    final List<Integer> acknowledged = new ArrayList<>();

    Writer(long sum) {
      sums.add(sum);
      begun.add(Integer.MIN_VALUE);
      acknowledged.add(Integer.MIN_VALUE);
    }
  }

  private final Map<Integer, Writer> writers = new TreeMap<>();
  private final List<Integer> closings = new ArrayList<>();
  private final List<Operation> others = new ArrayList<>();

  /**
   * Reads the notes of a record.
   *
   * @param before what was there before it
   */
  Story(List<Operation> record, Rows before) {
    before.sums().forEach((writer, sum) -> writers.put(writer, new Writer(sum)));
    for (Operation done : record) {
      if (done.kind() == Operation.Kind.NOTE) {
        done.text().lines().forEach(line -> read(done, line.split(" ", -1)));
      }
    }
  }

  private void read(Operation note, String[] words) {
    switch (words[0]) {
      case "begin" -> {
        Writer writer = writer(Integer.parseInt(words[1]));
        writer.sums.add(Long.parseLong(words[2]));
        writer.begun.add(note.index());
      }
      case "done" -> writer(Integer.parseInt(words[1])).acknowledged.add(note.index());
      case "closed" -> closings.add(note.index());
      default -> others.add(note);
    }
  }

  private Writer writer(int number) {
    return writers.computeIfAbsent(number, key -> new Writer(0));
  }

  /**
   * Where a note of something else stands in the record, or -1 if it is not before an operation.
   */
  int said(String note, int before) {
    return others.stream()
        .filter(each -> each.index() < before && each.text().strip().equals(note))
        .mapToInt(Operation::index)
        .findFirst()
        .orElse(-1);
  }

  private static int count(List<Integer> indexes, int before) {
    int count = 0;
    while (count < indexes.size() && indexes.get(count) < before) {
      count++;
    }
    return count - 1; // Number 0 is what was there before.
  }

  /** How many writes are acknowledged before an operation. */
  int acknowledged(int before) {
    return writers.values().stream().mapToInt(w -> count(w.acknowledged, before)).sum();
  }

  /**
   * Judges what a crash before an operation has left of a database.
   *
   * @param why gets a line for what is not sound
   */
  Finding judge(Rows found, int before, Durability durability, List<String> why) {
    return judge(found, durability == Durability.FULL ? before : closed(before), before, why);
  }

  /**
   * Judges what was made between two operations, such as a copy.
   *
   * @param from what was acknowledged before must be there
   * @param before what begins from there on must not
   * @param why gets a line for what is not sound
   */
  Finding judge(Rows found, int from, int before, List<String> why) {
    TreeSet<Integer> unknown = new TreeSet<>(found.sums().keySet());
    unknown.removeAll(writers.keySet());
    if (!unknown.isEmpty()) {
      why.add("tasks of " + unknown + ", which never wrote");
      return Finding.CORRUPT;
    }
    Finding worst = Finding.SOUND;
    Map<Integer, Integer> there = new TreeMap<>();
    for (Map.Entry<Integer, Writer> each : writers.entrySet()) {
      Writer writer = each.getValue();
      int begun = count(writer.begun, before);
      int last = writer.sums.subList(0, begun + 1).lastIndexOf(found.sum(each.getKey()));
      int due = count(writer.acknowledged, from);
      there.put(each.getKey(), last);
      if (last < due) {
        boolean never = last < 0;
        why.add(
            "writer %d: write %d was acknowledged, %d begun, there is %s"
                .formatted(each.getKey(), due, begun, never ? "no state of it" : "" + last));
        worst = never || worst == Finding.CORRUPT ? Finding.CORRUPT : Finding.LOST;
      }
    }
    return worst == Finding.SOUND && !isPrefix(there, why) ? Finding.CORRUPT : worst;
  }

  private int closed(int before) {
    int closing = 0;
    for (int each : closings) {
      closing = each < before ? each : closing;
    }
    return closing;
  }

  /* What was acknowledged before a write began that is there must be there too. */
  private boolean isPrefix(Map<Integer, Integer> there, List<String> why) {
    for (Map.Entry<Integer, Integer> later : there.entrySet()) {
      int began = writers.get(later.getKey()).begun.get(later.getValue());
      for (Map.Entry<Integer, Integer> earlier : there.entrySet()) {
        int due = count(writers.get(earlier.getKey()).acknowledged, began);
        if (earlier.getValue() < due) {
          why.add(
              "write %d of writer %d is there, but only %d of the %d of writer %d before it"
                  .formatted(
                      later.getValue(), later.getKey(), earlier.getValue(), due, earlier.getKey()));
          return false;
        }
      }
    }
    return true;
  }
}
