package dev.tiercel.query;

import dev.tiercel.cache.TypeRef;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the collections inside a result unmodifiable; the cache does so with a result that is a
 * collection itself. Immutable.
 */
final class Freezing {
  private static final Freezing NONE = new Freezing(false);

  private final boolean isNested;

  private Freezing(boolean isNested) {
    this.isNested = isNested;
  }

  /** For results of a type, which the cache does not make unmodifiable before they are seen. */
  static Freezing ofAll(Type type) {
    return holdsOthers(ResolvedTypes.erasure(type)) ? new Freezing(true) : NONE;
  }

  /** For results of a type. */
  static Freezing of(Type type) {
    boolean nested =
        type instanceof ParameterizedType generic
            && holdsOthers(ResolvedTypes.erasure(type))
            && List.of(generic.getActualTypeArguments()).stream()
                .map(ResolvedTypes::erasure)
                .anyMatch(Freezing::mayHoldOthers);
    return nested ? new Freezing(true) : NONE;
  }

  private static boolean holdsOthers(Class<?> type) {
    return Iterable.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type)
        || type == Optional.class;
  }

  private static boolean mayHoldOthers(Class<?> type) {
    return type == Object.class || holdsOthers(type);
  }

  /** A result in which nothing can be changed that is a collection of the JDK's. */
  @Nullable Object frozen(@Nullable Object result) {
    return isNested ? frozenDeep(result) : result;
  }

  private static @Nullable Object frozenDeep(@Nullable Object value) {
    if (value == null || value.getClass().getModule() != Object.class.getModule()) {
      return value;
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(Freezing::frozenDeep);
    }
    if (value instanceof SortedMap<?, ?> map) {
      return sorted(map);
    }
    if (value instanceof Map<?, ?> map) {
      Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> copy.put(key, frozenDeep(each)));
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof SortedSet<?> sorted) {
      return Collections.unmodifiableNavigableSet(new TreeSet<>(sorted)); // Of no collections.
    }
    if (!(value instanceof Collection<?> many)) {
      return value;
    }
    Collection<@Nullable Object> copy =
        many instanceof Set<?> ? new LinkedHashSet<>() : new ArrayList<>(many.size());
    many.forEach(each -> copy.add(frozenDeep(each)));
    if (copy instanceof Set<?> set) {
      return Collections.unmodifiableSet(set);
    }
    return copy instanceof List<?> list && many instanceof List<?>
        ? Collections.unmodifiableList(list)
        : Collections.unmodifiableCollection(copy);
  }

  @SuppressWarnings("unchecked") // The copy holds what the map held.
  private static NavigableMap<Object, @Nullable Object> sorted(SortedMap<?, ?> map) {
    NavigableMap<Object, @Nullable Object> copy =
        new TreeMap<>(((SortedMap<Object, @Nullable Object>) map).comparator());
    map.forEach((key, each) -> copy.put(key, frozenDeep(each)));
    return Collections.unmodifiableNavigableMap(copy);
  }

  /**
   * Refuses what anybody who is handed it could change, also deep inside.
   *
   * @throws IllegalArgumentException if a type is or holds such
   */
  static void refuseMutable(Type type) {
    if (TypeRef.ofType(type).isMutable()) {
      throw new IllegalArgumentException(
          "the result is or holds a "
              + type.getTypeName()
              + ", which can be changed by whoever is handed it; return what is immutable (List, Set,"
              + " Map, a record), or give a copier: copyOnRead(…)");
    }
    if (type instanceof ParameterizedType generic) {
      for (Type each : generic.getActualTypeArguments()) {
        refuseMutable(each);
      }
    }
  }

  /** Copies an array, and the arrays in it. */
  static UnaryOperator<Object> copyOfArray(Type type) {
    Type leaf = type;
    while (leaf instanceof GenericArrayType || ResolvedTypes.erasure(leaf).isArray()) {
      leaf =
          leaf instanceof GenericArrayType array
              ? array.getGenericComponentType()
              : ResolvedTypes.erasure(leaf).getComponentType();
    }
    refuseMutable(leaf);
    return Freezing::copyOfArray;
  }

  private static Object copyOfArray(Object array) {
    int length = Array.getLength(array);
    Class<?> component = array.getClass().getComponentType();
    Object copy = Array.newInstance(component, length);
    System.arraycopy(array, 0, copy, 0, length);
    for (int i = 0; component.isArray() && i < length; i++) {
      Object inner = Array.get(array, i);
      Array.set(copy, i, inner == null ? null : copyOfArray(inner));
    }
    return copy;
  }
}
