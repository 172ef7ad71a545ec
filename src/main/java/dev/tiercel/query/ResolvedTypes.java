package dev.tiercel.query;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the type variables of an interface and of those that it extends stand for. */
final class ResolvedTypes {
  private final Map<TypeVariable<?>, Type> known = new HashMap<>();

  ResolvedTypes(Class<?> type) {
    learn(type);
  }

  private void learn(Class<?> type) {
    for (Type each : type.getGenericInterfaces()) {
      if (each instanceof ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        for (int i = 0; i < raw.getTypeParameters().length; i++) {
          known.put(raw.getTypeParameters()[i], generic.getActualTypeArguments()[i]);
        }
        learn(raw);
      } else {
        learn((Class<?>) each);
      }
    }
  }

  /** A type without variables; one that stands for nothing in particular is its bound. */
  Type resolve(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      Type meant = known.get(variable);
      return meant != null ? resolve(meant) : erasure(variable.getBounds()[0]);
    }
    if (type instanceof WildcardType wildcard) {
      return resolve(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof GenericArrayType array) {
      Type element = resolve(array.getGenericComponentType());
      return element instanceof Class<?> plain
          ? Array.newInstance(plain, 0).getClass()
          : new ArrayOf(element);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments =
          Arrays.stream(generic.getActualTypeArguments()).map(this::resolve).toArray(Type[]::new);
      return new Generic(generic.getOwnerType(), generic.getRawType(), arguments);
    }
    return type;
  }

  /** The class of a type. */
  static Class<?> erasure(Type type) {
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    if (type instanceof GenericArrayType array) {
      return Array.newInstance(erasure(array.getGenericComponentType()), 0).getClass();
    }
    if (type instanceof TypeVariable<?> variable) {
      return erasure(variable.getBounds()[0]);
    }
    return type instanceof Class<?> plain ? plain : Object.class;
  }

  /** Equal to the one that the JDK makes of the same type. */
  private static final class Generic implements ParameterizedType {
    private final @Nullable Type owner;
    private final Type raw;
    private final Type[] arguments;

    Generic(@Nullable Type owner, Type raw, Type[] arguments) {
      this.owner = owner;
      this.raw = raw;
      this.arguments = arguments;
    }

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.clone();
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return owner;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ParameterizedType type
          && raw.equals(type.getRawType())
          && Objects.equals(owner, type.getOwnerType())
          && Arrays.equals(arguments, type.getActualTypeArguments());
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(arguments) ^ Objects.hashCode(owner) ^ raw.hashCode();
    }

    @Override
    public String toString() {
      return raw.getTypeName()
          + Arrays.stream(arguments)
              .map(Type::getTypeName)
              .collect(Collectors.joining(", ", "<", ">"));
    }
  }

  /** Equal to the one that the JDK makes of the same type. */
  private static final class ArrayOf implements GenericArrayType {
    private final Type element;

    ArrayOf(Type element) {
      this.element = element;
    }

    @Override
    public Type getGenericComponentType() {
      return element;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof GenericArrayType array
          && element.equals(array.getGenericComponentType());
    }

    @Override
    public int hashCode() {
      return element.hashCode();
    }

    @Override
    public String toString() {
      return element.getTypeName() + "[]";
    }
  }
}
