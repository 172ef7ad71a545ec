package dev.tiercel.cache;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.Converter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is declared as a list, a set, a collection or a map so that nobody can change it,
 * wherever it stands: many readers share it. Nulls and the order stay.
 *
 * <p>A class that is declared, such as {@link ArrayList}, is read as Jackson does.
 */
final class Unmodifiable extends SimpleDeserializers {
  private static final long serialVersionUID = 1;

  @Override
  public @Nullable JsonDeserializer<?> findCollectionDeserializer(
      CollectionType type,
      DeserializationConfig config,
      BeanDescription described,
      @Nullable TypeDeserializer contentType,
      @Nullable JsonDeserializer<?> content) {
    Class<?> raw = type.getRawClass();
    if (raw == Set.class) {
      return reader(
          type,
          filled(LinkedHashSet.class, type, config),
          set -> Collections.unmodifiableSet((Set<?>) set));
    }
    // A list also for a collection, since an unmodifiable one that is no more has no equals.
    return raw == List.class || raw == Collection.class
        ? reader(
            type,
            filled(ArrayList.class, type, config),
            list -> Collections.unmodifiableList((List<?>) list))
        : null;
  }

  @Override
  public @Nullable JsonDeserializer<?> findMapDeserializer(
      MapType type,
      DeserializationConfig config,
      BeanDescription described,
      @Nullable KeyDeserializer key,
      @Nullable TypeDeserializer contentType,
      @Nullable JsonDeserializer<?> content) {
    return type.getRawClass() == Map.class
        ? reader(
            type,
            config
                .getTypeFactory()
                .constructMapType(LinkedHashMap.class, type.getKeyType(), type.getContentType()),
            map -> Collections.unmodifiableMap((Map<?, ?>) map))
        : null;
  }

  @SuppressWarnings("rawtypes") // As the factory's parameter is.
  private static JavaType filled(
      Class<? extends Collection> by, CollectionType type, DeserializationConfig config) {
    return config.getTypeFactory().constructCollectionType(by, type.getContentType());
  }

  private static JsonDeserializer<?> reader(
      JavaType declared, JavaType filled, UnaryOperator<Object> close) {
    return new StdDelegatingDeserializer<>(new Closing(declared, filled, close));
  }

  /** Closes what Jackson has filled. */
  private record Closing(JavaType declared, JavaType filled, UnaryOperator<Object> close)
      implements Converter<Object, Object> {
    @Override
    public Object convert(Object value) {
      return close.apply(value);
    }

    @Override
    public JavaType getInputType(TypeFactory types) {
      return filled;
    }

    @Override
    public JavaType getOutputType(TypeFactory types) {
      return declared;
    }
  }
}
