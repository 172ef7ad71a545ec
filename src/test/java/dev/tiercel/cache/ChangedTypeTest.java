package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A type that was changed between two starts of a program: the same name, another shape. */
class ChangedTypeTest {
  private static final String BEFORE =
      """
      import java.util.*;
      public record Board(String title, List<Row> rows, Colour colour) {
        public record Row(int cells, Optional<String> note, Board parent, Extra extra) {}
        public enum Colour { RED, GREEN }
        public static class Base { int a; }
        public static class Extra extends Base { private long b; transient int c; static int d; }
      }
      """;

  private static final Codec CODEC = SmileCodec.create();
  private static int compiled;
  private static long before;

  @TempDir static Path folder;

  @BeforeAll
  static void compileOnce() throws Exception {
    before = fingerprint(BEFORE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "String title | String headline",
        "String title | Integer title",
        "String title | String title, boolean pinned",
        "String title, | ",
        "List<Row> rows | Set<Row> rows",
        "List<Row> rows | List<Integer> rows",
        "int cells | long cells",
        "int cells | Integer cells",
        "cells, | lines,",
        "Optional<String> note | Optional<Integer> note",
        "RED, GREEN | GREEN, RED",
        "RED, GREEN | RED, GREEN, BLUE",
        "RED | ROT",
        "int a; | long a;",
        "long b | long e",
        "transient int c; | int c;",
      })
  void aChangedShapeHasAnotherFingerprint(String from, String to) throws Exception {
    assertNotEquals(before, fingerprint(changed(from, to == null ? "" : to)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int a; | int a; void more() {}",
        "static int d; | static long d;",
        "{ RED, GREEN } | { RED, GREEN; final int more = 1; }",
        "Colour colour) {| Colour colour) { public Board { Objects.requireNonNull(title); }",
      })
  void whatIsNotOfTheShapeDoesNotCount(String from, String to) throws Exception {
    assertEquals(before, fingerprint(changed(from, to)));
  }

  /* What another start, another machine and another JDK came to; a change here voids every cache. */
  @Test
  void aFingerprintIsTheSameEverywhere() throws Exception {
    assertEquals(-120479676247572176L, before);
    assertEquals(
        -8426364592257145623L,
        CODEC.fingerprint(new TypeRef<Map<DayOfWeek, Optional<List<byte[]>>>>() {}));
  }

  private static String changed(String from, String to) {
    assertNotEquals(-1, BEFORE.indexOf(from));
    return BEFORE.replace(from, to);
  }

  private static long fingerprint(String source) throws Exception {
    Path place = Files.createDirectory(folder.resolve("v" + compiled++));
    try (URLClassLoader loader = new URLClassLoader(new URL[] {compile(source, place)})) {
      return CODEC.fingerprint(TypeRef.of(loader.loadClass("Board")));
    }
  }

  private static URL compile(String source, Path place) throws IOException, MalformedURLException {
    Path file = Files.writeString(place.resolve("Board.java"), source);
    var compiler = ToolProvider.getSystemJavaCompiler();
    assertNotNull(compiler);
    List<String> arguments = List.of("-proc:none", "-d", place.toString(), file.toString());
    assertEquals(0, compiler.run(null, null, null, arguments.toArray(String[]::new)));
    return place.toUri().toURL();
  }
}
