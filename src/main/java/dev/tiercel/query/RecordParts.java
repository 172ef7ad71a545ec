package dev.tiercel.query;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into the records of one class. */
final class RecordParts {
  private static final ClassValue<Optional<RecordParts>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Optional<RecordParts> computeValue(Class<?> type) {
          return find(type);
        }
      };

  private final List<Method> accessors;

  private RecordParts(List<Method> accessors) {
    this.accessors = accessors;
  }

  /** The components of a record class; null if its module keeps them closed. */
  static @Nullable RecordParts of(Class<?> type) {
    return KNOWN.get(type).orElse(null);
  }

  /** The same without what is remembered; empty for null. */
  static Optional<RecordParts> find(Class<?> type) {
    List<Method> accessors = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (!component.getAccessor().trySetAccessible()) {
        return Optional.empty();
      }
      accessors.add(component.getAccessor());
    }
    return Optional.of(new RecordParts(accessors));
  }

  int size() {
    return accessors.size();
  }

  @Nullable Object get(Object holder, int i) {
    try {
      return accessors.get(i).invoke(holder);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(accessors.get(i) + " failed: " + e.getCause(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(accessors.get(i) + " was accessible", e);
    }
  }
}
