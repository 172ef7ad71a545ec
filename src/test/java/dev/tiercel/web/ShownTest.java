package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of strangers in a message: no more than their start, and nothing that ends a line. */
class ShownTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", "''"),
        Arguments.of("10.0.0.0/33", "'10.0.0.0/33'"),
        Arguments.of("a\r\nb\u0000\u0085", "'a\\u000d\\u000ab\\u0000\\u0085'"),
        Arguments.of("\ud800x\udfff", "'\\ud800x\\udfff'"),
        Arguments.of("\ud7ff\ue000\ud83d\ude00", "'\ud7ff\ue000\ud83d\ude00'"),
        Arguments.of("x".repeat(40), "'" + "x".repeat(40) + "'"),
        Arguments.of("x".repeat(41), "'" + "x".repeat(40) + "…'"),
        Arguments.of("\ud83d\ude00".repeat(40), "'" + "\ud83d\ude00".repeat(40) + "'"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void theStartIsShownWithoutWhatWouldGarbleIt(String text, String shown) {
    assertEquals(shown, Shown.of(text));
  }
}
