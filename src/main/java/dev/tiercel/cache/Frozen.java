package dev.tiercel.cache;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Keeps what many readers share from being changed by one of them. */
final class Frozen {
  private static final Set<Class<?>> MUTABLE =
      Set.of(Date.class, Calendar.class, StringBuilder.class, StringBuffer.class);

  private Frozen() {}

  /** The value, or an unmodifiable copy of a collection that its maker could still change. */
  static @Nullable Object copyOf(@Nullable Object value) {
    if (value == null || value.getClass().getModule() != Object.class.getModule()) {
      return value;
    }
    if (value instanceof SortedSet<?> || value instanceof SortedMap<?, ?>) {
      return value; // Its comparator would be lost; its declared type says what it is.
    }
    if (value instanceof AbstractCollection<?>) {
      if (value instanceof List<?> list) {
        return Collections.unmodifiableList(new ArrayList<>(list));
      }
      return value instanceof Set<?> set
          ? Collections.unmodifiableSet(new LinkedHashSet<>(set))
          : value;
    }
    return value instanceof AbstractMap<?, ?> map
        ? Collections.unmodifiableMap(new LinkedHashMap<>(map))
        : value;
  }

  /** Refuses a type whose values can be changed by whoever is handed one. */
  static void refuseMutable(Type type) {
    Class<?> raw =
        type instanceof ParameterizedType generic
            ? (Class<?>) generic.getRawType()
            : type instanceof Class<?> plain ? plain : Object[].class;
    boolean concrete =
        !raw.isInterface()
            && raw.getName().startsWith("java.util.")
            && (Iterable.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw));
    if (raw.isArray() || concrete || MUTABLE.stream().anyMatch(m -> m.isAssignableFrom(raw))) {
      throw new IllegalArgumentException(
          type.getTypeName()
              + " can be changed by whoever is handed it; cache an immutable type (List, Set, Map, a"
              + " record), or give a copier: typed(type).copyOnRead(…)");
    }
  }
}
