package dev.tiercel.cache;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record with something of everything. */
public record Sample(
    boolean bit,
    byte tiny,
    short small,
    char letter,
    int number,
    long big,
    float rough,
    double fine,
    @Nullable Integer boxed,
    String text,
    BigInteger huge,
    BigDecimal exact,
    UUID id,
    DayOfWeek day,
    Instant instant,
    Duration duration,
    LocalDate date,
    OffsetDateTime offset,
    ZonedDateTime zoned,
    Optional<String> some,
    Optional<String> none,
    OptionalLong count,
    List<@Nullable String> list,
    Set<Integer> set,
    Map<String, List<Part>> map,
    EnumMap<DayOfWeek, Integer> byDay,
    List<Optional<Part>> optionals,
    @Nullable Part next) {

  /** Refers to itself. */
  public record Part(String name, @Nullable Part next) {}

  static Sample of(String text, int number, Instant instant) {
    EnumMap<DayOfWeek, Integer> byDay = new EnumMap<>(DayOfWeek.class);
    byDay.put(DayOfWeek.FRIDAY, number);
    Part part = new Part(text, new Part("", null));
    return new Sample(
        number % 2 == 0,
        (byte) number,
        (short) number,
        (char) (number & 0x3fff),
        number,
        number * 0x1_0000_0001L,
        number * 0.1f,
        number / 3.0,
        number % 3 == 0 ? null : number,
        text,
        BigInteger.valueOf(number).pow(9),
        new BigDecimal(BigInteger.valueOf(number), 40),
        new UUID(number, ~number),
        DayOfWeek.of(1 + Math.floorMod(number, 7)),
        instant,
        Duration.between(Instant.EPOCH, instant),
        LocalDate.ofEpochDay(number),
        instant.atOffset(ZoneOffset.ofHoursMinutesSeconds(-3, -7, -11)),
        instant.atZone(ZoneId.of("Europe/Paris")),
        Optional.of(text),
        Optional.empty(),
        OptionalLong.of(number),
        java.util.Arrays.asList(text, null, ""),
        Set.of(number),
        Map.of(text, List.of(part), "", List.of()),
        byDay,
        List.of(Optional.of(part), Optional.empty()),
        part);
  }
}
