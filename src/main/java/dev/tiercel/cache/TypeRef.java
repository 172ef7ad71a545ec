package dev.tiercel.cache;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Objects;

/**
 * A type with its parameters: {@code new TypeRef<List<Task>>() {}}. Immutable; two of the same type
 * are equal.
 *
 * @param <V> the type
 */
public abstract class TypeRef<V> {
  private final Type type;

  /**
   * The type that the subclass names.
   *
   * @throws IllegalStateException if it names none, or only a type variable
   */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType named)
        || named.getRawType() != TypeRef.class
        || named.getActualTypeArguments()[0] instanceof TypeVariable<?>) {
      throw new IllegalStateException("name the type: new TypeRef<List<Task>>() {}");
    }
    type = named.getActualTypeArguments()[0];
  }

  private TypeRef(Type type) {
    this.type = type;
  }

  /**
   * A type without parameters.
   *
   * @param type the class
   * @param <V> the type
   * @return its reference
   */
  public static <V> TypeRef<V> of(Class<V> type) {
    return bare(Objects.requireNonNull(type, "type must not be null"));
  }

  /**
   * A type that is known from reflection only, such as the declared result of a method.
   *
   * @param type a class, a parameterized type or a generic array, without type variables
   * @return its reference
   * @throws IllegalArgumentException if it is something else
   */
  public static TypeRef<?> ofType(Type type) {
    Objects.requireNonNull(type, "type must not be null");
    if (!(type instanceof Class<?>
        || type instanceof ParameterizedType
        || type instanceof GenericArrayType)) {
      throw new IllegalArgumentException(type + " does not say what its values are; name a class");
    }
    return bare(type);
  }

  /**
   * Whether values of the type are known to be changeable by whoever is handed one, so that a cache
   * refuses them unless it is told how to {@linkplain TypedCache#copyOnRead copy} them. What the
   * type holds plays no part.
   *
   * @return whether they are
   */
  public final boolean isMutable() {
    return Frozen.isMutable(raw());
  }

  /** The same without what an anonymous class holds on to. */
  final TypeRef<V> bare() {
    return bare(type);
  }

  private static <V> TypeRef<V> bare(Type type) {
    return new TypeRef<V>(type) {};
  }

  /** What its values are instances of. */
  final Class<?> raw() {
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    return type instanceof Class<?> plain ? plain : Object[].class; // An array of a generic type.
  }

  /**
   * The type.
   *
   * @return the type, as reflection has it
   */
  public final Type type() {
    return type;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof TypeRef<?> ref && ref.type.equals(type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
