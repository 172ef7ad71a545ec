package dev.tiercel.query;

import dev.tiercel.cache.CacheKey;
import dev.tiercel.task.Cursor;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The text of a query, what narrows it most in front: {@code
 * tasks:agent:agent-7:pending+assigned:newest_first:limit:50}. Each part that may be missing begins
 * with its name and they stand in one order, so no two queries have the same text. Used once, by
 * one thread.
 */
final class QueryText {
  private static final int STATUSES = TaskStatus.values().length;

  private final List<String> segments = new ArrayList<>();
  private final TaskQuery query;

  private QueryText(TaskQuery query) {
    this.query = query;
  }

  /** Which tasks, without order and page. */
  static QueryText of(TaskQuery query) {
    QueryText text = new QueryText(query).part("tasks");
    String agent = query.agent();
    if (agent != null) {
      text.part("agent").part(agent).part(statuses(query));
    } else if (query.statuses().size() == STATUSES) {
      text.part("all");
    } else {
      text.part("status").part(statuses(query));
    }
    TaskFilter filter = query.filter();
    if (filter.createdFrom() != null) {
      text.part("from", filter.createdFrom());
    }
    if (filter.createdBefore() != null) {
      text.part("before", filter.createdBefore());
    }
    if (filter.minPriority() != null) {
      text.part("priority", filter.minPriority());
    }
    if (filter.text() != null) {
      text.part("text", filter.text());
    }
    return text;
  }

  private static String statuses(TaskQuery query) {
    return query.statuses().size() == STATUSES
        ? "any"
        : EnumSet.copyOf(query.statuses()).stream()
            .map(QueryText::lower)
            .collect(Collectors.joining("+"));
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  /** In which order, how many, and from where. */
  QueryText page() {
    part(lower(query.order())).part("limit", query.limit());
    if (query.withTotal()) {
      part("total");
    }
    Cursor cursor = query.cursor();
    return cursor == null ? this : part("at", cursor);
  }

  QueryText part(String segment) {
    segments.add(segment);
    return this;
  }

  QueryText part(String name, Object value) {
    return part(name).part(value.toString());
  }

  @Override
  public String toString() {
    return CacheKey.join(segments.toArray(String[]::new));
  }
}
