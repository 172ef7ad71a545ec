package dev.tiercel.query;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An argument as part of a key, where it cannot be that itself: a copy of what it holds, all the
 * way down.
 *
 * @param kind what it is a copy of; two of different kinds are not equal
 * @param content the copies of what it holds, in a list, or where it has no order in a set or map;
 *     or a copy of a date
 * @param isTold whether its text tells all
 */
record KeyPart(String kind, Object content, boolean isTold) {
  private static final Set<Class<?>> UNORDERED =
      Set.of(
          HashMap.class,
          ConcurrentHashMap.class,
          Map.of().getClass(), // One class for any number of entries but one.
          Hashtable.class);

  /**
   * An argument or its copy.
   *
   * @throws IllegalArgumentException if there is something in it that is no part of a key
   */
  static @Nullable Object of(@Nullable Object argument) {
    if (argument == null) {
      return null;
    }
    ArgumentKind kind = ArgumentKind.of(argument.getClass());
    return switch (kind) {
      case TOLD, FIXED, EQUAL -> argument;
      case RECORD -> ofRecord(argument);
      case HOLDER -> ofHolder(argument);
      case DATE -> new KeyPart(argument.getClass().getName(), copyOf(argument), false);
      case CHANGING, DISTINCT ->
          throw new IllegalArgumentException(
              "a "
                  + argument.getClass().getName()
                  + " "
                  + kind.objection()
                  + ", so two calls with one cannot be told to be the same; use a record, or give"
                  + " the method a key function: key(…)");
    };
  }

  /** Whether the text of a part tells all. */
  static boolean isTold(@Nullable Object part) {
    if (part instanceof KeyPart copy) {
      return copy.isTold;
    }
    return part == null || ArgumentKind.of(part.getClass()) == ArgumentKind.TOLD;
  }

  private static Object ofRecord(Object argument) {
    RecordParts parts = RecordParts.of(argument.getClass());
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; parts != null && i < parts.size(); i++) {
      values.add(parts.get(argument, i));
    }
    return list(argument.getClass().getName(), values);
  }

  private static Object ofHolder(Object argument) {
    if (argument instanceof List<?> list) {
      return list("list", list);
    }
    if (argument instanceof SortedSet<?> sorted) {
      return list("sorted set", sorted);
    }
    if (argument instanceof Set<?> set) {
      Set<@Nullable Object> copy = new HashSet<>();
      set.forEach(each -> copy.add(of(each)));
      return new KeyPart("set", copy, areTold(copy));
    }
    if (argument instanceof Map<?, ?> map && hasOrder(map)) {
      List<@Nullable Object> entries = new ArrayList<>();
      map.forEach((key, value) -> entries.add(list("entry", Arrays.asList(key, value))));
      return new KeyPart("ordered map", Collections.unmodifiableList(entries), areTold(entries));
    }
    if (argument instanceof Map<?, ?> map) {
      Map<@Nullable Object, @Nullable Object> copy = new HashMap<>();
      map.forEach((key, value) -> copy.put(of(key), of(value)));
      return new KeyPart("map", copy, areTold(copy.keySet()) && areTold(copy.values()));
    }
    if (argument instanceof Optional<?> optional) {
      return list("optional", optional.map(List::of).orElse(List.of()));
    }
    if (argument instanceof Collection<?> other) {
      return list(argument.getClass().getName(), other);
    }
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(argument); i++) {
      elements.add(Array.get(argument, i));
    }
    return list(argument.getClass().getName(), elements);
  }

  /* What a map is wrapped in does not show whether it has an order. */
  private static boolean hasOrder(Map<?, ?> map) {
    return map instanceof SortedMap || (map.size() > 1 && !UNORDERED.contains(map.getClass()));
  }

  private static KeyPart list(String kind, Collection<?> elements) {
    List<@Nullable Object> copy = new ArrayList<>(elements.size());
    elements.forEach(each -> copy.add(of(each)));
    return new KeyPart(kind, Collections.unmodifiableList(copy), areTold(copy));
  }

  private static boolean areTold(Collection<?> parts) {
    return parts.stream().allMatch(KeyPart::isTold);
  }

  @SuppressWarnings("JavaUtilDate") // Others may still use it.
  private static Object copyOf(Object date) {
    return date instanceof Calendar calendar ? calendar.clone() : ((Date) date).clone();
  }
}
