package dev.tiercel.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The types that a cache has met, each once, so that a look-up can compare them by identity. */
final class Types {
  private final ConcurrentMap<TypeRef<?>, TypeRef<?>> known = new ConcurrentHashMap<>();

  @SuppressWarnings("unchecked") // Equal references are of the same type.
  <V> TypeRef<V> intern(TypeRef<V> type) {
    TypeRef<?> before = known.putIfAbsent(type, type);
    return before == null ? type : (TypeRef<V>) before;
  }
}
