package dev.tiercel.query;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How the values of a class can be part of a key. */
enum ArgumentKind {
  /** They do not change, and their text tells all. */
  TOLD,

  /** Records, which may hold anything. */
  RECORD,

  /** Collections, maps, arrays and optionals: compared by what they hold, and copied. */
  HOLDER,

  /** They change, and can be copied by {@code clone}. */
  DATE,

  /** They have value equality; more is not known. */
  EQUAL,

  /** Two of them are never equal. */
  DISTINCT;

  private static final Set<Class<?>> TOLD_CLASSES =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class,
          Duration.class,
          Period.class,
          Instant.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class,
          Year.class,
          YearMonth.class,
          MonthDay.class);

  private static final ClassValue<ArgumentKind> KNOWN =
      new ClassValue<>() {
        @Override
        protected ArgumentKind computeValue(Class<?> type) {
          return find(type);
        }
      };

  /** The kind of a class. */
  static ArgumentKind of(Class<?> type) {
    return KNOWN.get(type);
  }

  /** Whether all that may be passed as a type is told by its text. */
  static boolean isAlwaysTold(Class<?> type) {
    return type.isPrimitive()
        || (of(type) == TOLD && (Modifier.isFinal(type.getModifiers()) || type.isEnum()));
  }

  /** Whether nothing that may be passed as a type has value equality, as far as can be seen. */
  static boolean isDistinct(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && type != Object.class
        && of(type) == DISTINCT;
  }

  private static ArgumentKind find(Class<?> type) {
    if (TOLD_CLASSES.contains(type)
        || Enum.class.isAssignableFrom(type)
        || ZoneId.class.isAssignableFrom(type)) {
      return TOLD;
    }
    if (type.isArray()
        || Collection.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type)
        || type == Optional.class) {
      return HOLDER;
    }
    if (Date.class.isAssignableFrom(type) || Calendar.class.isAssignableFrom(type)) {
      return DATE;
    }
    if (!overrides(type, "equals", Object.class) || !overrides(type, "hashCode")) {
      return DISTINCT;
    }
    if (!type.isRecord() || !hasPlainEquality(type)) {
      return EQUAL;
    }
    if (RecordParts.of(type) == null) {
      return EQUAL;
    }
    return Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .allMatch(part -> !part.isRecord() && isAlwaysTold(part))
        ? TOLD
        : RECORD;
  }

  private static boolean overrides(Class<?> type, String name, Class<?>... parameters) {
    try {
      Method found = type.getMethod(name, parameters);
      return found.getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      return false; // An interface.
    }
  }

  /* One that was written by hand may call equal what differs in a component. */
  private static boolean hasPlainEquality(Class<?> type) {
    try {
      return (type.getDeclaredMethod("equals", Object.class).getModifiers() & Modifier.FINAL) != 0;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }
}
