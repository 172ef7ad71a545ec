package dev.tiercel.benchmarks.scorecard.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was written to a site, and whether what is read shows it; used by one thread.
 *
 * <p>Titles carry numbers that only grow, and a task has one write on its way at a time. So a read
 * that begins after a write was answered must show that number, or a larger one, whoever wrote it.
 */
final class Freshness {
  private static final String WRITTEN = "Written";
  private static final int DIGITS = 12;

  private final List<List<Item>> lists = new ArrayList<>();
  private final Item[] latest;
  private long number;
  private long checked;
  private long stale;

  Freshness(List<AgentList> agents) {
    for (AgentList agent : agents) {
      lists.add(agent.ids().stream().map(Item::new).toList());
    }
    latest = new Item[agents.size()];
  }

  /** A task that is written to. */
  static final class Item {
    private final String id;
    private final byte[] before;
    private boolean isOnItsWay;
    private long stored;

    private Item(String id) {
      this.id = id;
      this.before =
          ("{\"id\":\"" + id + "\",\"title\":\"" + WRITTEN).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /**
   * A write.
   *
   * @param item to what
   * @param number what its title says
   */
  record Write(Item item, long number) {
    String target() {
      return String.format(
          Locale.ROOT, "%s?id=%s&title=%s%0" + DIGITS + "d", Site.TITLE, item.id, WRITTEN, number);
    }
  }

  /**
   * What a read must show.
   *
   * @param item the task
   * @param least the number in its title, or a larger one
   */
  record Expectation(Item item, long least) {}

  /** Something to write to a list; null if all of it is being written to. */
  Write begin(int list, int draw) {
    List<Item> items = lists.get(list);
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get((draw + i) % items.size());
      if (!item.isOnItsWay) {
        item.isOnItsWay = true;
        return new Write(item, ++number);
      }
    }
    return null;
  }

  /** It was answered. */
  void end(int list, Write write, boolean isStored) {
    write.item.isOnItsWay = false;
    if (isStored) {
      write.item.stored = write.number;
      latest[list] = write.item;
    }
  }

  /** What a read of a list that begins now must show; null if nothing was written to it. */
  Expectation expect(int list) {
    Item item = latest[list];
    return item == null ? null : new Expectation(item, item.stored);
  }

  /** Looks whether a response shows it. */
  void check(Expectation expected, byte[] body) {
    checked++;
    if (shown(expected.item.before, body) < expected.least) {
      stale++;
    }
  }

  private static long shown(byte[] before, byte[] body) {
    for (int at = 0; at + before.length + DIGITS <= body.length; at++) {
      if (body[at] == '{' && matches(before, body, at)) {
        String digits = new String(body, at + before.length, DIGITS, StandardCharsets.US_ASCII);
        return digits.chars().allMatch(Character::isDigit) ? Long.parseLong(digits) : -1;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] text, byte[] body, int at) {
    for (int i = 0; i < text.length; i++) {
      if (body[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  long checked() {
    return checked;
  }

  long stale() {
    return stale;
  }
}
