package dev.tiercel.cache;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Keeps what many readers share from being changed by one of them. */
final class Frozen {
  private static final Set<Class<?>> MUTABLE =
      Set.of(
          Date.class,
          Calendar.class,
          StringBuilder.class,
          StringBuffer.class,
          BitSet.class,
          Queue.class,
          Iterator.class,
          BaseStream.class);

  private Frozen() {}

  /**
   * The value, or an unmodifiable copy of a collection of the JDK's that could still be changed, if
   * the copy is of the declared type as well.
   */
  static @Nullable Object copyOf(@Nullable Object value, Class<?> declared) {
    if (value == null || value.getClass().getModule() != Object.class.getModule()) {
      return value;
    }
    Object copy = value instanceof Map<?, ?> map ? ofMap(map) : value;
    if (value instanceof Collection<?> many) {
      copy = ofCollection(many);
    }
    return declared.isInstance(copy) ? copy : value;
  }

  private static Object ofCollection(Collection<?> many) {
    if (isUnmodifiable(many)) {
      return many;
    }
    if (many instanceof SortedSet<?> sorted) {
      return Collections.unmodifiableNavigableSet(new TreeSet<>(sorted));
    }
    if (many instanceof Set<?> set) {
      return Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }
    List<?> list = Collections.unmodifiableList(new ArrayList<>(many));
    return many instanceof List<?> ? list : Collections.unmodifiableCollection(list);
  }

  private static Object ofMap(Map<?, ?> map) {
    if (isUnmodifiable(map)) {
      return map;
    }
    return map instanceof SortedMap<?, ?> sorted
        ? Collections.unmodifiableNavigableMap(new TreeMap<>(sorted))
        : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /* The classes have no names in common but these, and a copy costs as much as the collection. */
  private static boolean isUnmodifiable(Object collection) {
    String name = collection.getClass().getName();
    return name.startsWith("java.util.ImmutableCollections$")
        || name.startsWith("java.util.Collections$Unmodifiable");
  }

  /** Whether the values of a type can be changed by whoever is handed one. */
  static boolean isMutable(Class<?> type) {
    boolean concrete =
        !type.isInterface()
            && type.getName().startsWith("java.util.")
            && (Iterable.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type));
    return type.isArray() || concrete || MUTABLE.stream().anyMatch(m -> m.isAssignableFrom(type));
  }

  static IllegalArgumentException mutable(Type type) {
    return new IllegalArgumentException(
        type.getTypeName()
            + " can be changed by whoever is handed it; cache an immutable type (List, Set, Map, a"
            + " record), or give a copier: typed(type).copyOnRead(…)");
  }
}
