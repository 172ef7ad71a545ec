package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which values can tell calls apart, and which have to be copied for that. */
@SuppressWarnings("JavaUtilDate")
class ArgumentKindTest {
  enum Size {
    SMALL {
      @Override
      int cents() {
        return 1;
      }
    };

    abstract int cents();
  }

  record Point(int x, String name) {}

  record Line(Point from, Point to) {}

  record Loose(Object any) {}

  record Placed(ZoneId zone) {}

  /** Calls equal what differs in its component. */
  record Caseless(String text) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Caseless that && that.text.equalsIgnoreCase(text);
    }

    @Override
    public int hashCode() {
      return text.toLowerCase(Locale.ROOT).hashCode();
    }
  }

  static final class OnlyHash {
    @Override
    public int hashCode() {
      return 1;
    }
  }

  @SuppressWarnings({"overrides", "EqualsHashCode"}) // As it should not be.
  static final class OnlyEquals {
    @Override
    public boolean equals(Object other) {
      return other instanceof OnlyEquals;
    }
  }

  static final class Equal {
    @Override
    public boolean equals(Object other) {
      return other instanceof Equal;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  static Stream<Arguments> kinds() {
    Object small = Size.SMALL; // Of a class of its own.
    return Stream.of(
        arguments(ArgumentKind.TOLD, String.class),
        arguments(ArgumentKind.TOLD, Instant.class),
        arguments(ArgumentKind.TOLD, DayOfWeek.class),
        arguments(ArgumentKind.TOLD, small.getClass()),
        arguments(ArgumentKind.TOLD, ZoneOffset.class),
        arguments(ArgumentKind.TOLD, ZoneId.of("Europe/Paris").getClass()),
        arguments(ArgumentKind.TOLD, Point.class),
        arguments(ArgumentKind.RECORD, Line.class),
        arguments(ArgumentKind.RECORD, Loose.class),
        arguments(ArgumentKind.RECORD, Placed.class),
        arguments(ArgumentKind.HOLDER, int[].class),
        arguments(ArgumentKind.HOLDER, ArrayList.class),
        arguments(ArgumentKind.HOLDER, HashMap.class),
        arguments(ArgumentKind.HOLDER, Optional.class),
        arguments(ArgumentKind.DATE, Date.class),
        arguments(ArgumentKind.DATE, GregorianCalendar.class),
        arguments(ArgumentKind.FIXED, Locale.class),
        arguments(ArgumentKind.FIXED, Currency.class),
        arguments(ArgumentKind.FIXED, URI.class),
        arguments(ArgumentKind.FIXED, Class.class),
        arguments(ArgumentKind.EQUAL, Equal.class),
        arguments(ArgumentKind.EQUAL, Caseless.class),
        arguments(ArgumentKind.CHANGING, BitSet.class),
        arguments(ArgumentKind.DISTINCT, Object.class),
        arguments(ArgumentKind.DISTINCT, Thread.class),
        arguments(ArgumentKind.DISTINCT, Runnable.class),
        arguments(ArgumentKind.DISTINCT, OnlyHash.class),
        arguments(ArgumentKind.DISTINCT, OnlyEquals.class));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyClassHasAKind(ArgumentKind kind, Class<?> type) {
    assertEquals(kind, ArgumentKind.find(type));
    assertEquals(kind, ArgumentKind.of(type));
  }

  @Test
  void aRecordIsLookedIntoUnlessItsModuleKeepsItClosed(@TempDir Path folder) throws Exception {
    assertEquals(2, RecordParts.find(Point.class).orElseThrow().size());
    Path module = Files.writeString(folder.resolve("module-info.java"), "module shop {}");
    Path source =
        Files.writeString(
            folder.resolve("Filter.java"), "package shop; public record Filter(int most) {}");
    var compiler = ToolProvider.getSystemJavaCompiler();
    assertNotNull(compiler);
    String[] arguments = {
      "-proc:none", "-d", folder.toString(), module.toString(), source.toString()
    };
    assertEquals(0, compiler.run(null, null, null, arguments));
    Configuration shop =
        ModuleLayer.boot()
            .configuration()
            .resolve(ModuleFinder.of(folder), ModuleFinder.of(), Set.of("shop"));
    Class<?> closed =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(shop, ClassLoader.getSystemClassLoader())
            .findLoader("shop")
            .loadClass("shop.Filter");
    assertEquals(Optional.empty(), RecordParts.find(closed));
    assertEquals(ArgumentKind.EQUAL, ArgumentKind.of(closed));
  }

  @Test
  void onlyTypesWithoutOtherSubclassesAreAlwaysTold() {
    for (Class<?> type :
        List.of(int.class, boolean.class, String.class, DayOfWeek.class, Size.class, Point.class)) {
      assertTrue(ArgumentKind.isAlwaysTold(type), type::getName);
    }
    for (Class<?> type :
        List.of(
            Object.class,
            Number.class,
            ZoneId.class,
            Runnable.class,
            List.class,
            Line.class,
            Locale.class,
            Equal.class)) {
      assertFalse(ArgumentKind.isAlwaysTold(type), type::getName);
    }
  }

  @Test
  void whatMayChangeOrOfWhichThatIsNotKnownIsNotFirm() {
    assertTrue(ArgumentKind.isFirm(null));
    assertTrue(ArgumentKind.isFirm("a"));
    assertTrue(ArgumentKind.isFirm(Locale.ROOT));
    assertFalse(ArgumentKind.isFirm(List.of()));
    assertFalse(ArgumentKind.isFirm(new Date(1)));
    assertFalse(ArgumentKind.isFirm(new Equal()));
    assertFalse(ArgumentKind.isFirm(new Line(new Point(1, "a"), new Point(2, "b"))));
  }

  @Test
  void onlyATypeOfWhichNoValueCanDoIsObjectedTo() {
    assertEquals(
        "has no value equality (equals and hashCode)", ArgumentKind.objection(Thread.class));
    assertEquals("can be changed by whoever has passed it", ArgumentKind.objection(BitSet.class));
    for (Class<?> type :
        List.of(
            Object.class,
            Runnable.class,
            AbstractList.class,
            String.class,
            Date.class,
            Line.class)) {
      assertNull(ArgumentKind.objection(type), type::getName);
    }
  }
}
