package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import jdk.net.UnixDomainPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A type that cannot be encoded is refused with the reason, which tells what to change. */
class TypeShapeTest {
  private static final String REMEDY =
      "; declare a record of texts, numbers, times, enums, and lists, sets and maps of such, or give"
          + " the cache a codec for the type";

  private final Codec codec = SmileCodec.create();

  interface Figure {}

  abstract static class Shape {}

  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;
  }

  static final class Made {
    int value;

    Made(int value) {
      this.value = value;
    }
  }

  static final class Fixed {
    final int value = Integer.parseInt("1");
  }

  static class Base {
    int value;
  }

  @SuppressWarnings("HidingField") // As it should not be.
  static final class Twice extends Base {
    int value;
  }

  static final class Bag {
    Object any;
  }

  /** Has what is no part of a value, and could not be encoded. */
  static final class Counted {
    static final Object LOCK = new Object();
    transient Object cached;
    String text;
  }

  record Growing<T>(Growing<List<T>> more) {}

  record Wide(
      SmileTypes.Numbers numbers,
      SmileTypes.Times times,
      SmileTypes.Others others,
      SmileTypes.Tree tree,
      Sample sample,
      Sample.Part part,
      Base base) {}

  static Stream<Arguments> refused() {
    String untold = "it does not tell of which class its values are";
    return Stream.of(
        arguments(Object.class, Object.class, untold),
        arguments(Figure.class, Figure.class, untold),
        arguments(Shape.class, Shape.class, untold),
        arguments(Date.class, Date.class, "it is not among the types that keep all they hold"),
        arguments(Names.class, Names.class, "it extends java.util.ArrayList"),
        arguments(Made.class, Made.class, "it is neither a record nor has a constructor without"),
        arguments(Fixed.class, Fixed.class, "its field value is final"),
        arguments(Twice.class, Twice.class, "it has two fields of the name value"),
        arguments(
            UnixDomainPrincipal.class,
            UnixDomainPrincipal.class,
            "its module keeps it closed (open jdk.net to com.fasterxml.jackson.databind)"),
        arguments(Object[].class, Object.class, untold),
        arguments(Figure[][].class, Figure.class, untold));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void theReasonIsTold(Class<?> type, Class<?> part, String why) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> codec.fingerprint(TypeRef.of(type)), why);
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(" cannot be encoded: " + part.getName()), message);
    assertTrue(message.contains(", and " + why), message);
    assertTrue(message.endsWith(REMEDY), message);
  }

  @Test
  void aFieldOfAClassIsNamed() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> codec.fingerprint(TypeRef.of(Bag.class)));
    assertEquals(
        "dev.tiercel.cache.TypeShapeTest$Bag cannot be encoded:"
            + " dev.tiercel.cache.TypeShapeTest$Bag.any is a java.lang.Object, and it does not tell"
            + " of which class its values are"
            + REMEDY,
        refusal.getMessage());
  }

  @Test
  void whatIsNoPartOfAValueIsNotLookedAt() {
    assertDoesNotThrow(() -> codec.fingerprint(TypeRef.of(Counted.class)));
  }

  @Test
  void whatAnArrayHoldsCounts() {
    assertNotEquals(
        codec.fingerprint(new TypeRef<List<String>[]>() {}),
        codec.fingerprint(new TypeRef<List<Integer>[]>() {}));
  }

  private static TypeRef<?> nested(int depth) {
    return TypeRef.ofType(Array.newInstance(int.class, new int[depth - 1]).getClass());
  }

  @Test
  void aHundredTypesInEachOtherAreEncodedAndNoMore() {
    assertDoesNotThrow(() -> codec.fingerprint(nested(100)));
    for (TypeRef<?> type : List.of(nested(101), new TypeRef<Growing<String>>() {})) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> codec.fingerprint(type));
      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.contains("it nests without end"), message);
    }
  }

  @Test
  void aHundredTypesBesideEachOtherAreNotNested() {
    assertDoesNotThrow(() -> codec.fingerprint(TypeRef.of(Wide.class)));
  }
}
