package dev.tiercel.query;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  /** They have value equality and do not change; their text does not tell all. */
  FIXED,

  /** They have value equality; more is not known. Whoever passes one must not change it. */
  EQUAL,

  /** They have value equality and are there to be changed. */
  CHANGING,

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

  private static final Set<Class<?>> FIXED_CLASSES =
      Set.of(Locale.class, Currency.class, URI.class, Class.class);

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

  /** Whether a value neither changes nor is one of which that is not known. */
  static boolean isFirm(@Nullable Object value) {
    if (value == null) {
      return true;
    }
    ArgumentKind kind = of(value.getClass());
    return kind == TOLD || kind == FIXED;
  }

  /** What is wrong with all that may be passed as a type; null if nothing can be seen. */
  static @Nullable String objection(Class<?> type) {
    return Modifier.isAbstract(type.getModifiers()) || type == Object.class
        ? null
        : of(type).objection();
  }

  /** Why values of this kind are no part of a key; null if they are. */
  @Nullable String objection() {
    return switch (this) {
      case DISTINCT -> "has no value equality (equals and hashCode)";
      case CHANGING -> "can be changed by whoever has passed it";
      default -> null;
    };
  }

  /** The same without what is remembered. */
  static ArgumentKind find(Class<?> type) {
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
    if (FIXED_CLASSES.contains(type)) {
      return FIXED;
    }
    if (BitSet.class.isAssignableFrom(type)) {
      return CHANGING;
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
