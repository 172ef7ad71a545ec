package dev.tiercel.cache;

import java.lang.reflect.Type;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The types that a cache has met, each once, so that a look-up can compare them by identity. */
final class Types {
  private final ConcurrentMap<Type, TypeRef<?>> known = new ConcurrentHashMap<>();

  @SuppressWarnings("unchecked") // Equal references are of the same type.
  <V> TypeRef<V> intern(TypeRef<V> type) {
    return (TypeRef<V>) known.computeIfAbsent(type.type(), same -> type.bare());
  }
}
