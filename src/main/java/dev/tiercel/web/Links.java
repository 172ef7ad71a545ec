package dev.tiercel.web;

import dev.tiercel.task.Cursor;
import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The way to the neighbours of a page (RFC 8288). The references hold the query only, so they are
 * right whatever path a proxy shows to the client.
 */
final class Links {
  private static final Set<String> PLACE = Set.of("cursor", "page");

  private final QueryString given;
  private final List<String> links = new ArrayList<>();

  private Links(QueryString given) {
    this.given = given;
  }

  static String of(QueryString given, Page<Task> page) {
    Links links = new Links(given);
    links.add("first", Map.of());
    links.add("prev", page.previous());
    links.add("next", page.next());
    return String.join(", ", links.links);
  }

  static String of(QueryString given, NumberedPage<Task> page, int deepest) {
    Links links = new Links(given);
    long last = Math.max(1, page.totalPages());
    links.add("first", 1, deepest);
    if (page.page() > 1) {
      links.add("prev", Math.min(page.page() - 1, last), deepest);
    }
    if (page.page() < last) {
      links.add("next", page.page() + 1L, deepest);
    }
    links.add("last", last, deepest);
    return String.join(", ", links.links);
  }

  /* A page too deep to be asked for has no link: it would lead to a refusal. */
  private void add(String relation, long page, int deepest) {
    if (page <= deepest) {
      add(relation, Map.of("page", Long.toString(page)));
    }
  }

  private void add(String relation, Optional<Cursor> cursor) {
    cursor.ifPresent(place -> add(relation, Map.of("cursor", place.toString())));
  }

  private void add(String relation, Map<String, String> place) {
    links.add("<" + given.with(place, PLACE) + ">; rel=\"" + relation + "\"");
  }
}
