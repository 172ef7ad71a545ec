package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyTimesTest {
  @ParameterizedTest
  @CsvSource({
    "2024-02-29T23:59:59, 2024-02-29T23:59:59Z",
    "2024-01-15T10:30:00.123456, 2024-01-15T10:30:00.123456Z",
    "2024-01-15T10:30:00.000001, 2024-01-15T10:30:00.000001Z",
    "2024-01-15T10:30:00.123, 2024-01-15T10:30:00.123Z",
    "2024-01-15T10, 2024-01-15T10:00:00Z",
    "2024-01-15T10:30, 2024-01-15T10:30:00Z",
    "2024-01-15 10:30:00.5, 2024-01-15T10:30:00.5Z",
    "2024-01-15T10:30:00Z, 2024-01-15T10:30:00Z",
    "2024-01-15T10:30:00+00:00, 2024-01-15T10:30:00Z",
    "2024-01-15T10:30:00+02:00, 2024-01-15T08:30:00Z",
    "2024-01-15T22:30:00.999999-07:00, 2024-01-16T05:30:00.999999Z",
    "2024-01-15T10+02:00, 2024-01-15T08:00:00Z",
    "2024-01-15T10:30+05:30:15, 2024-01-15T04:59:45Z",
    "2024-01-15T10:30:00+05:30:15.123456, 2024-01-15T04:59:44.876544Z",
    "2024-01-15T10:30:00.000001-05:30:15.999999, 2024-01-15T16:00:16Z",
    "2024-01-15T00:00:00+23:59:59.999999, 2024-01-14T00:00:00.000001Z",
    "2024-01-15T00:00:00-23:59, 2024-01-15T23:59:00Z",
    "0001-01-01T00:00:00, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999, 9999-12-31T23:59:59.999999Z",
    "2024-01-15T10:30:00.123456000, 2024-01-15T10:30:00.123456Z",
  })
  void whatPythonWritesIsReadToTheMicrosecond(String text, Instant time) {
    assertEquals(time, LegacyTimes.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2024-01-15",
        "20240115T103000",
        "1705314600",
        "2024-1-15T10:30:00",
        "2024-13-01T00:00:00",
        "2023-02-29T00:00:00",
        "2024-01-15T24:00:00",
        "2024-01-15T10:60:00",
        "2024-01-15T10:30:60",
        "2024-01-15T10:30:00.",
        "2024-01-15T10:30:00.1234567",
        "2024-01-15T10:30:00.123456789",
        "2024-01-15T10:30:00+0200",
        "2024-01-15T10:30:00+24:00",
        "2024-01-15T10:30:00+02:60",
        "2024-01-15T10:30:00+02:00:60",
        "2024-01-15T10:30:00 +02:00",
        " 2024-01-15T10:30:00",
        "2024-01-15T10:30:00\n",
        "-2024-01-15T10:30:00",
        "٢٠٢٤-01-15T10:30:00",
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThrows(DateTimeException.class, () -> LegacyTimes.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"later", "2024-01-15T10:30:00.1234567", "2024-01-15T10:30:00+24:00"})
  void theRefusalShowsTheText(String text) {
    String message =
        assertThrows(DateTimeException.class, () -> LegacyTimes.parse(text)).getMessage();
    assertTrue(message.contains("\"" + text + "\""), message);
  }
}
