package dev.tiercel.web;

import dev.tiercel.task.Cursor;
import dev.tiercel.task.InvalidValueException;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskOrder;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a query string asks for.
 *
 * @param query the tasks, their order, and the size of a page or the bound of a stream
 * @param page the number of the page, or 0 if pages go by cursor
 * @param parameters the parameters as they came
 */
record ListingRequest(TaskQuery query, int page, QueryString parameters) {
  private static final Set<String> WHICH =
      Set.of("agent", "status", "order", "createdFrom", "createdBefore", "minPriority", "text");
  private static final Set<String> OF_STREAMS = and(WHICH, "limit", "cursor");
  private static final Set<String> OF_PAGES = and(OF_STREAMS, "page", "total");

  private static Set<String> and(Set<String> some, String... more) {
    return Set.copyOf(Stream.concat(some.stream(), Arrays.stream(more)).toList());
  }

  /** Reads what asks for a page. */
  static ListingRequest page(String raw, int maxLimit, int deepest) throws BadParameterException {
    QueryString given = QueryString.parse(raw, OF_PAGES);
    int limit = number(given, "limit", Math.min(TaskQuery.DEFAULT_LIMIT, maxLimit), 1, maxLimit);
    TaskQuery query = which(given).limit(limit);
    if (flag(given, "total")) {
      query = query.counted();
    }
    int page = number(given, "page", 0, 1, Math.max(1, deepest / limit));
    if (page > 0 && given.has("cursor")) {
      throw new BadParameterException("cursor", "pages go by cursor or by page, not by both");
    }
    return new ListingRequest(at(query, given.one("cursor")), page, given);
  }

  /** Reads what asks for a stream, whose limit is the number of tasks in all. */
  static ListingRequest stream(String raw) throws BadParameterException {
    QueryString given = QueryString.parse(raw, OF_STREAMS);
    TaskQuery query = at(which(given), given.one("cursor"));
    Cursor cursor = query.cursor();
    if (cursor != null && cursor.backward()) {
      throw new BadParameterException(
          "cursor", "the cursor points backward; a stream goes forward, from a next cursor");
    }
    return new ListingRequest(query, 0, given);
  }

  /** How many tasks a stream has at most. */
  long most() throws BadParameterException {
    return number(parameters, "limit", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
  }

  private static TaskQuery which(QueryString given) throws BadParameterException {
    String agent = given.one("agent");
    TaskQuery query =
        agent == null ? TaskQuery.all() : checked("agent", () -> TaskQuery.forAgent(agent));
    List<String> statuses =
        given.all("status").stream().flatMap(value -> Stream.of(value.split(",", -1))).toList();
    if (!statuses.isEmpty()) {
      EnumSet<TaskStatus> wanted = EnumSet.noneOf(TaskStatus.class);
      for (String status : statuses) {
        wanted.add(one("status", status, TaskStatus.values()));
      }
      TaskQuery every = query;
      query =
          new TaskQuery(
              every.agent(), wanted, every.filter(), every.order(), every.limit(), null, false);
    }
    String order = given.one("order");
    if (order != null) {
      query = query.order(one("order", order, TaskOrder.values()));
    }
    return query.where(filter(given));
  }

  private static TaskFilter filter(QueryString given) throws BadParameterException {
    Instant from = time(given, "createdFrom");
    Instant before = time(given, "createdBefore");
    if (from != null && before != null && !before.isAfter(from)) {
      throw new BadParameterException("createdBefore", "createdBefore must be after createdFrom");
    }
    String lowest = given.one("minPriority");
    Integer minPriority =
        lowest == null
            ? null
            : Integer.valueOf(
                number(given, "minPriority", 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
    String text = given.one("text");
    TaskFilter times = checked("createdFrom", () -> new TaskFilter(from, null, minPriority, null));
    TaskFilter bounded =
        checked(
            "createdBefore",
            () -> new TaskFilter(times.createdFrom(), before, times.minPriority(), null));
    return text == null ? bounded : checked("text", () -> bounded.containing(text));
  }

  private static TaskQuery at(TaskQuery query, @Nullable String cursor)
      throws BadParameterException {
    return cursor == null ? query : checked("cursor", () -> query.at(Cursor.parse(cursor)));
  }

  /** Makes a value. */
  private interface Making<T> {
    T make();
  }

  private static <T> T checked(String name, Making<T> value) throws BadParameterException {
    try {
      return value.make();
    } catch (InvalidValueException e) {
      throw new BadParameterException(name, String.valueOf(e.getMessage()));
    }
  }

  private static <E extends Enum<E>> E one(String name, String given, E[] all)
      throws BadParameterException {
    for (E each : all) {
      if (each.name().equals(given.toUpperCase(Locale.ROOT))) {
        return each;
      }
    }
    throw new BadParameterException(
        name,
        "%s is %s, it must be one of %s".formatted(name, Shown.of(given), Arrays.toString(all)));
  }

  private static boolean flag(QueryString given, String name) throws BadParameterException {
    String value = given.one(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw new BadParameterException(
        name, "%s is %s, it must be true or false".formatted(name, Shown.of(value)));
  }

  private static int number(QueryString given, String name, int otherwise, int least, int most)
      throws BadParameterException {
    String value = given.one(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new BadParameterException(
        name,
        "%s is %s, it must be a whole number from %d to %d"
            .formatted(name, Shown.of(value), least, most));
  }

  private static @Nullable Instant time(QueryString given, String name)
      throws BadParameterException {
    String value = given.one(name);
    try {
      return value == null ? null : Instant.parse(value);
    } catch (DateTimeException e) {
      throw new BadParameterException(
          name,
          "%s is %s, it must be a time in UTC such as 2026-01-31T23:59:59Z"
              .formatted(name, Shown.of(value)));
    }
  }
}
