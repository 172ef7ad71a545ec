package dev.tiercel.cache;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * What the values of a type consist of, down to texts and numbers, in words that change when it
 * does; or why they cannot be encoded.
 *
 * <p>The words hold names and orders that the language fixes, so they are the same on every
 * machine.
 */
final class TypeShape {
  private static final Set<Class<?>> KEYS =
      Set.of(
          String.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          UUID.class,
          LocalDate.class,
          Instant.class);

  private static final Set<Class<?>> SCALARS =
      Set.of(
          Character.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          URI.class,
          Currency.class,
          Duration.class,
          Period.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class,
          ZoneId.class,
          ZoneOffset.class,
          YearMonth.class,
          MonthDay.class);

  private static final Set<Class<?>> OPTIONALS =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  /* None that sorts: its comparator would be lost. */
  private static final Set<Class<?>> CONTAINERS =
      Set.of(
          Collection.class,
          List.class,
          ArrayList.class,
          LinkedList.class,
          Set.class,
          HashSet.class,
          LinkedHashSet.class,
          EnumSet.class,
          Map.class,
          HashMap.class,
          LinkedHashMap.class,
          EnumMap.class);

  private static final int MAX_DEPTH = 100;

  private final TypeFactory types;
  private final JavaType whole;
  private final StringBuilder words = new StringBuilder();
  private final Set<JavaType> told = new HashSet<>();
  private final List<JavaType> composed = new ArrayList<>();
  private int depth;

  private TypeShape(Type type, TypeFactory types) {
    this.types = types;
    whole = types.constructType(type);
  }

  /**
   * Takes a type to pieces.
   *
   * @throws IllegalArgumentException if it cannot be encoded
   */
  static TypeShape of(Type type, TypeFactory types) {
    TypeShape shape = new TypeShape(type, types);
    shape.tell(shape.whole, "");
    return shape;
  }

  JavaType type() {
    return whole;
  }

  /** The records and classes that it is made of. */
  List<JavaType> composed() {
    return composed;
  }

  /** The words as a number. */
  long fingerprint() {
    try {
      byte[] text = words.toString().getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void tell(JavaType type, String where) {
    if (++depth > MAX_DEPTH) {
      throw refusal(type, where, "it nests without end");
    }
    Class<?> raw = type.getRawClass();
    words.append(raw.getName());
    if (type.isArrayType()) {
      tell(type.getContentType(), where);
    } else if (CONTAINERS.contains(raw) || OPTIONALS.contains(raw)) {
      tellParameters(type, where);
    } else if (!raw.isPrimitive() && !KEYS.contains(raw) && !SCALARS.contains(raw)) {
      tellComposed(type, where);
    }
    words.append(';');
    depth--;
  }

  private void tellParameters(JavaType type, String where) {
    if (type.isMapLikeType()) {
      JavaType key = type.getKeyType();
      if (!KEYS.contains(key.getRawClass()) && !key.getRawClass().isEnum()) {
        throw refusal(key, where, "it is the key of a map, and has no text that tells it");
      }
    }
    for (int i = 0; i < type.getRawClass().getTypeParameters().length; i++) {
      JavaType content = type.containedTypeOrUnknown(i);
      if (type.getRawClass() == Optional.class && OPTIONALS.contains(content.getRawClass())) {
        throw refusal(content, where, "an empty one in an optional is the same as none");
      }
      tell(content, where);
    }
  }

  private void tellComposed(JavaType type, String where) {
    Class<?> raw = type.getRawClass();
    if (raw.isEnum()) {
      for (Object constant : raw.getEnumConstants()) {
        words.append(' ').append(((Enum<?>) constant).name());
      }
    } else if (told.add(type)) {
      words.append('{');
      if (!raw.isRecord()) {
        requireMade(type, where);
      }
      requireOpen(type, where);
      if (raw.isRecord()) {
        for (RecordComponent part : raw.getRecordComponents()) {
          tellPart(type, part.getName(), part.getGenericType());
        }
      } else {
        tellFields(type, where);
      }
      words.append('}');
      composed.add(type);
    } else {
      words.append(type.toCanonical()); // Which of its parameters: it stands in full elsewhere.
    }
  }

  private void tellPart(JavaType owner, String name, Type type) {
    words.append(name).append(':');
    JavaType resolved = types.resolveMemberType(type, owner.getBindings());
    tell(resolved, owner.getRawClass().getName() + "." + name);
  }

  private void tellFields(JavaType type, String where) {
    Set<String> names = new HashSet<>();
    for (JavaType at = type; at.getRawClass() != Object.class; at = at.getSuperClass()) {
      if (isOfTheJdk(at.getRawClass())) {
        throw refusal(type, where, "it extends " + at.getRawClass().getName());
      }
      for (Field field : fields(at.getRawClass())) {
        if (Modifier.isFinal(field.getModifiers())) {
          throw refusal(type, where, "its field " + field.getName() + " is final");
        }
        if (!names.add(field.getName())) {
          throw refusal(type, where, "it has two fields of the name " + field.getName());
        }
        tellPart(at, field.getName(), field.getGenericType());
      }
    }
  }

  /* In the order of their names, because reflection promises none. */
  private static List<Field> fields(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0)
        .sorted(Comparator.comparing(Field::getName))
        .toList();
  }

  private void requireMade(JavaType type, String where) {
    Class<?> raw = type.getRawClass();
    if (raw.isInterface() || Modifier.isAbstract(raw.getModifiers()) || raw == Object.class) {
      throw refusal(type, where, "it does not tell of which class its values are");
    }
    if (isOfTheJdk(raw)) {
      throw refusal(type, where, "it is not among the types that keep all they hold as bytes");
    }
    if (Arrays.stream(raw.getDeclaredConstructors()).allMatch(c -> c.getParameterCount() > 0)) {
      throw refusal(type, where, "it is neither a record nor has a constructor without arguments");
    }
  }

  private void requireOpen(JavaType type, String where) {
    Class<?> raw = type.getRawClass();
    if (!raw.getModule().isOpen(raw.getPackageName(), ObjectMapper.class.getModule())) {
      throw refusal(
          type,
          where,
          "its module keeps it closed (open "
              + raw.getPackageName()
              + " to com.fasterxml.jackson.databind)");
    }
  }

  private static boolean isOfTheJdk(Class<?> type) {
    Module module = type.getModule();
    return module.isNamed() && module.getName().startsWith("java.");
  }

  /** Why a type cannot be encoded, and what to do about it. */
  IllegalArgumentException refusal(JavaType part, String where, String why) {
    String what = part.toCanonical();
    return new IllegalArgumentException(
        whole.toCanonical()
            + " cannot be encoded: "
            + (where.isEmpty() ? what : where + " is a " + what)
            + ", and "
            + why
            + "; declare a record of texts, numbers, times, enums, and lists, sets and maps of such,"
            + " or give the cache a codec for the type");
  }
}
