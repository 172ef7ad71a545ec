package dev.tiercel.cache;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes a value has: the lengths of its texts, its numbers, and so on through
 * collections and records; what is in other objects, nobody can see. A record type that was
 * measured often is measured in one of 16 cases only and otherwise taken for average.
 */
final class SizeEstimate implements ToIntFunction<Object> {
  private static final int OBJECT = 16;
  private static final int MAX_DEPTH = 8;
  private static final int ALWAYS = 64;
  private static final int SELDOM = 16;

  private final Map<Class<?>, Average> averages = new ConcurrentHashMap<>();

  private static final class Average {
    private double bytes;
    private long seen;

    synchronized int next(Object value) {
      seen++;
      // At random: sizes may come in a rhythm.
      if (seen <= ALWAYS || ThreadLocalRandom.current().nextInt(SELDOM) == 0) {
        int measured = measure(value, 0);
        bytes += (measured - bytes) / Math.min(seen, ALWAYS);
        return measured;
      }
      return (int) bytes;
    }
  }

  @Override
  public int applyAsInt(Object value) {
    if (value instanceof Optional<?> maybe && maybe.isPresent()) {
      return OBJECT + applyAsInt(maybe.get());
    }
    // Only records are slow to measure and have much the same size.
    return value instanceof Record
        ? averages.computeIfAbsent(value.getClass(), type -> new Average()).next(value)
        : measure(value, 0);
  }

  private static int measure(@Nullable Object value, int depth) {
    if (value == null || depth > MAX_DEPTH) {
      return 0;
    }
    long bytes = OBJECT;
    if (value instanceof CharSequence text) {
      bytes += text.length() + OBJECT;
    } else if (value instanceof Collection<?> many) {
      for (Object each : many) {
        bytes += 4L + measure(each, depth + 1);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> each : map.entrySet()) {
        bytes += 32L + measure(each.getKey(), depth + 1) + measure(each.getValue(), depth + 1);
      }
    } else if (value instanceof Optional<?> maybe) {
      bytes += measure(maybe.orElse(null), depth + 1);
    } else if (value instanceof Object[] array) {
      for (Object each : array) {
        bytes += 4L + measure(each, depth + 1);
      }
    } else if (value.getClass().isArray()) {
      bytes += 8L * Array.getLength(value);
    } else if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        bytes += 8L + (component.getType().isPrimitive() ? 0 : part(component, value, depth));
      }
    } else if (!(value instanceof Number)) {
      bytes += 2 * OBJECT;
    }
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  private static int part(RecordComponent component, Object value, int depth) {
    try {
      return measure(component.getAccessor().invoke(value), depth + 1);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return OBJECT; // A record of a closed package.
    }
  }
}
