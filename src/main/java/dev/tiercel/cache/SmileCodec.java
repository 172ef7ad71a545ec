package dev.tiercel.cache;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The default codec: Smile, the binary form of JSON, as Jackson writes it. Thread-safe.
 *
 * <p>It encodes records, enums, and classes with a constructor without arguments and no final
 * fields (the constructor, and every field but transient ones, may be private); of texts, numbers,
 * the types of {@code java.time}, optionals, arrays, lists, sets and maps. Values are written and
 * read by the declared type alone: a type that does not tell the class of its values, such as
 * {@code Object} or an interface, is refused, and so is a value of a subclass. A set or map comes
 * back in the order in which it was written; sorted ones are refused, since their comparators would
 * be lost.
 *
 * <p>What is declared as a {@code List}, {@code Set}, {@code Collection} or {@code Map} comes back
 * unmodifiable, however deep it stands, and may hold null; a {@code Collection} comes back as a
 * list. Where a class such as {@code ArrayList} is declared, or an array, that comes back, and its
 * readers can change it as they can change what a loader made.
 *
 * <p>Jackson's annotations are not looked at. They tell what others may see of a value; out of a
 * cache comes all of what went in.
 *
 * <p>In a named module the package of such a class must be open to {@code
 * com.fasterxml.jackson.databind}.
 */
public final class SmileCodec implements Codec {
  /** How deep values may nest: far below where the stack ends. */
  private static final int MAX_DEPTH = 500;

  private final SmileMapper mapper = mapper();
  private final ConcurrentMap<Type, Form> forms = new ConcurrentHashMap<>();

  /** What is known of a type once it was met. */
  private record Form(long fingerprint, ObjectWriter writer, ObjectReader reader) {}

  private SmileCodec() {}

  /**
   * Makes a codec. One is enough for all types; it remembers those it has met, for as long as it
   * lives.
   *
   * @return the codec
   */
  public static SmileCodec create() {
    return new SmileCodec();
  }

  @Override
  public String id() {
    return "smile-1";
  }

  @Override
  public long fingerprint(TypeRef<?> type) {
    return form(type).fingerprint;
  }

  @Override
  public byte[] encode(Object value, TypeRef<?> type) throws IOException {
    Objects.requireNonNull(value, "value must not be null");
    ObjectWriter writer = form(type).writer;
    try {
      return writer.writeValueAsBytes(value);
    } catch (RuntimeException e) {
      throw new IOException("a value of " + type + " cannot be encoded", e);
    }
  }

  @Override
  public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    ObjectReader reader = form(type).reader;
    Object value;
    try {
      value = reader.readValue(bytes, offset, length);
    } catch (RuntimeException e) {
      throw new IOException("the bytes are no " + type, e);
    }
    if (value == null) {
      throw new IOException("the bytes are no " + type + " but null");
    }
    return value;
  }

  private Form form(TypeRef<?> type) {
    Form known = forms.get(type.type());
    return known != null ? known : forms.computeIfAbsent(type.type(), this::formOf);
  }

  private Form formOf(Type type) {
    TypeShape shape = TypeShape.of(type, mapper.getTypeFactory());
    for (JavaType part : shape.composed()) {
      try {
        if (!hasFieldsOnly(part)) {
          throw shape.refusal(part, "", "Jackson has a form of its own for it");
        }
      } catch (JsonMappingException e) {
        throw shape.refusal(part, "", "Jackson says: " + e.getOriginalMessage());
      }
    }
    return new Form(
        shape.fingerprint(), mapper.writerFor(shape.type()), mapper.readerFor(shape.type()));
  }

  /* Not so, for instance, if it is a Number or an Iterable as well. */
  private boolean hasFieldsOnly(JavaType type) throws JsonMappingException {
    Object writer = mapper.getSerializerProviderInstance().findValueSerializer(type);
    Object reader =
        ((DefaultDeserializationContext) mapper.getDeserializationContext())
            .createDummyInstance(mapper.getDeserializationConfig())
            .findNonContextualValueDeserializer(type);
    return (writer instanceof BeanSerializerBase || writer instanceof ExactClass)
        && reader instanceof BeanDeserializerBase fields
        && fields.getValueInstantiator().canInstantiate();
  }

  private static SmileMapper mapper() {
    SimpleModule ours = new SimpleModule("tiercel");
    ours.setDeserializers(new Unmodifiable());
    SecondsAndNanos.addTo(ours);
    ours.setSerializerModifier(new ExactClass.Everywhere());
    return SmileMapper.builder(factory())
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(ours)
        .disable(MapperFeature.USE_ANNOTATIONS, MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(MapperFeature.USE_STATIC_TYPING)
        .visibility(PropertyAccessor.ALL, Visibility.NONE)
        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
        .disable(
            SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
            SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
            SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
        .disable(
            DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
            DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /* Only the depth has a limit of its own: nothing can be longer than the bytes that are there. */
  private static SmileFactory factory() {
    return SmileFactory.builder()
        .disable(SmileGenerator.Feature.ENCODE_BINARY_AS_7BIT)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // The keys of a map are names, too.
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .build())
        .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
        .build();
  }
}
