package dev.tiercel.cache;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
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
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Types that are encoded: everything that can stand in a record, alone and in each other. */
final class SmileTypes {
  static final TypeRef<List<String>> TEXTS = new TypeRef<>() {};

  static final List<TypeRef<?>> ALL =
      List.of(
          TypeRef.of(Numbers.class),
          TypeRef.of(Times.class),
          TypeRef.of(Others.class),
          TypeRef.of(Tree.class),
          TEXTS,
          new TypeRef<Map<String, List<Instant>>>() {},
          new TypeRef<Map<Long, Optional<BigInteger>>>() {},
          new TypeRef<Set<DayOfWeek>>() {},
          TypeRef.of(String.class),
          TypeRef.of(Duration.class),
          TypeRef.of(BigDecimal.class));

  private SmileTypes() {}

  record Numbers(
      int i,
      long l,
      short s,
      byte b,
      char c,
      float f,
      double d,
      boolean z,
      Integer boxed,
      BigInteger big,
      BigDecimal decimal) {}

  record Times(
      Instant instant,
      Duration duration,
      Period period,
      LocalDate date,
      LocalTime time,
      LocalDateTime both,
      OffsetTime offsetTime,
      OffsetDateTime offset,
      ZonedDateTime zoned,
      ZoneId zone,
      ZoneOffset zoneOffset,
      YearMonth month,
      MonthDay day) {}

  record Others(
      UUID id,
      URI uri,
      Currency currency,
      Optional<String> text,
      OptionalInt i,
      OptionalLong l,
      OptionalDouble d,
      Map<LocalDate, Set<UUID>> map,
      List<List<Boolean>> lists) {}

  record Tree(String name, List<Tree> branches) {}
}
