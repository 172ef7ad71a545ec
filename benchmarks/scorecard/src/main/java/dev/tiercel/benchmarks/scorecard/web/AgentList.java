package dev.tiercel.benchmarks.scorecard.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list that can be asked for, and what it holds.
 *
 * @param target where it is
 * @param ids of its tasks, those that every server shows and that can stand in a request as they
 *     are
 */
record AgentList(String target, List<String> ids) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  /** What is asked for of an agent. */
  static String target(String agent) {
    return Site.LIST
        + "?agent="
        + URLEncoder.encode(agent, StandardCharsets.UTF_8)
        + "&limit="
        + Site.ROWS;
  }

  static AgentList of(String target, List<Item> items) {
    List<String> ids = new ArrayList<>();
    String last = items.isEmpty() ? "" : items.get(items.size() - 1).created();
    for (Item item : items) {
      // Of those as old as the last, another server may show others.
      if (!item.created().equals(last) && PLAIN.matcher(item.id()).matches()) {
        ids.add(item.id());
      }
    }
    return new AgentList(target, ids);
  }

  /** As a line for the client. */
  String line() {
    return target + " " + String.join(",", ids);
  }

  static AgentList parse(String line) {
    int space = line.indexOf(' ');
    String ids = line.substring(space + 1);
    return new AgentList(
        line.substring(0, space), ids.isEmpty() ? List.of() : List.of(ids.split(",")));
  }

  /**
   * One task of a response.
   *
   * @param id as it stands there
   * @param created when it was made, as it stands there
   */
  record Item(String id, String created) {
    /* Quotes within a text are escaped, so that neither name can be met inside one. */
    private static final Pattern ITEM =
        Pattern.compile(
            "\\{\"id\":\"((?:[^\"\\\\]|\\\\.)*+)\",\"title\":.*?\"createdAt\":\"([^\"]*+)\"",
            Pattern.DOTALL);

    static List<Item> all(String body) {
      List<Item> items = new ArrayList<>();
      for (Matcher matcher = ITEM.matcher(body); matcher.find(); ) {
        items.add(new Item(matcher.group(1), matcher.group(2)));
      }
      return items;
    }
  }
}
