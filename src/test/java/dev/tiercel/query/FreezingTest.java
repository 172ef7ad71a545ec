package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.TypeRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is inside a result can be changed by nobody who is handed it. */
class FreezingTest {
  private static final Freezing NESTED = Freezing.of(new TypeRef<List<Object>>() {}.type());

  record Box<T>(T content) {}

  /** Of somebody else, who may count on its class. */
  private static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;
  }

  @SuppressWarnings("unchecked")
  private static <T> T frozenIn(T value) {
    return (T) ((List<Object>) NESTED.frozen(Collections.singletonList(value))).get(0);
  }

  private static void assertFixed(Collection<?> frozen) {
    assertThrows(UnsupportedOperationException.class, frozen::clear);
  }

  private static List<String> list() {
    return new ArrayList<>(List.of("a"));
  }

  @Test
  void onlyATypeThatHoldsCollectionsIsLookedInto() {
    List<Object> value = new ArrayList<>(List.of(list()));
    for (TypeRef<?> type :
        List.of(
            new TypeRef<List<String>>() {},
            new TypeRef<Map<String, Integer>>() {},
            new TypeRef<Box<List<String>>>() {},
            TypeRef.of(List.class),
            TypeRef.of(Object.class))) {
      assertSame(value, Freezing.of(type.type()).frozen(value), type::toString);
    }
    for (TypeRef<?> type :
        List.of(
            new TypeRef<List<Object>>() {},
            new TypeRef<Optional<List<String>>>() {},
            new TypeRef<Map<String, Set<String>>>() {},
            new TypeRef<Iterable<Map<String, String>>>() {},
            new TypeRef<Set<Optional<String>>>() {})) {
      assertNotSame(value, Freezing.of(type.type()).frozen(value), type::toString);
    }
  }

  @Test
  void whatAStageCompletesWithIsLookedIntoAnyway() {
    List<String> value = list();
    for (Class<?> type :
        List.of(List.class, Set.class, Iterable.class, Map.class, Optional.class)) {
      assertNotSame(value, Freezing.ofAll(type).frozen(value), type::getName);
    }
    assertNotSame(value, Freezing.ofAll(new TypeRef<List<String>>() {}.type()).frozen(value));
    assertSame(value, Freezing.ofAll(Object.class).frozen(value));
  }

  @Test
  void listsAndSetsAreFixed() {
    List<String> list = list();
    List<String> frozen = frozenIn(list);
    list.clear();
    assertEquals(List.of("a"), frozen);
    assertFixed(frozen);
    Set<String> set = frozenIn(new HashSet<>(Set.of("a")));
    assertEquals(Set.of("a"), set);
    assertFixed(set);
    Collection<String> many = new ArrayDeque<>(List.of("a", "b"));
    Collection<String> queue = frozenIn(many);
    assertEquals(List.of("a", "b"), List.copyOf(queue));
    assertFixed(queue);
    List<List<String>> deep = frozenIn(new ArrayList<>(List.of(list())));
    assertFixed(deep.get(0));
    Set<List<String>> setOfLists = frozenIn(new HashSet<>(Set.of(list())));
    assertFixed(setOfLists.iterator().next());
  }

  @Test
  void mapsAreFixed() {
    Map<String, List<String>> map = new LinkedHashMap<>();
    map.put("b", list());
    map.put("a", null);
    Map<String, List<String>> frozen = frozenIn(map);
    map.clear();
    assertEquals(List.of("b", "a"), List.copyOf(frozen.keySet()));
    assertNull(frozen.get("a"));
    assertThrows(UnsupportedOperationException.class, frozen::clear);
    assertFixed(frozen.get("b"));
  }

  @Test
  void sortedOnesKeepTheirOrder() {
    NavigableMap<String, List<String>> map = new TreeMap<>(Comparator.reverseOrder());
    map.put("a", list());
    map.put("b", list());
    NavigableMap<String, List<String>> frozen = frozenIn(map);
    assertEquals(List.of("b", "a"), List.copyOf(frozen.keySet()));
    assertEquals("b", frozen.firstKey());
    assertThrows(UnsupportedOperationException.class, frozen::clear);
    assertFixed(frozen.get("a"));
    map.clear();
    assertEquals(2, frozen.size());
    NavigableSet<String> set = new TreeSet<>(Comparator.reverseOrder());
    set.addAll(List.of("a", "b"));
    NavigableSet<String> sorted = frozenIn(set);
    set.clear();
    assertEquals("b", sorted.first());
    assertFixed(sorted);
  }

  @Test
  void optionalsAreLookedIntoAndOtherThingsAreLeft() {
    Optional<List<String>> optional = frozenIn(Optional.of(list()));
    assertFixed(optional.orElseThrow());
    assertEquals(Optional.empty(), frozenIn(Optional.empty()));
    assertNull(frozenIn(null));
    assertEquals("a", frozenIn("a"));
    Names names = new Names();
    assertSame(names, frozenIn(names));
    Box<List<String>> box = new Box<>(list());
    assertSame(box, frozenIn(box));
  }

  private static void assertRefused(TypeRef<?> type, String part) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Freezing.refuseMutable(type.type()), part);
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.startsWith("the result is or holds a " + part + ", which"), message);
  }

  @Test
  void whatCanBeChangedIsRefusedHoweverDeepItIs() {
    assertRefused(TypeRef.of(Date.class), "java.util.Date");
    assertRefused(new TypeRef<Map<String, List<Date>>>() {}, "java.util.Date");
    assertRefused(
        new TypeRef<List<ArrayList<String>>>() {}, "java.util.ArrayList<java.lang.String>");
    assertDoesNotThrow(
        () -> Freezing.refuseMutable(new TypeRef<Map<String, List<String>>>() {}.type()));
  }

  @Test
  void arraysAreCopiedAllTheWayDown() {
    byte[][] grid = {{1, 2}, null, {}};
    byte[][] copy = (byte[][]) Freezing.copyOfArray(byte[][].class).apply(grid);
    assertArrayEquals(grid, copy);
    assertNotSame(grid, copy);
    assertNotSame(grid[0], copy[0]);
    assertNotSame(grid[2], copy[2]);
    String[] texts = {"a", "b"};
    String[] others = (String[]) Freezing.copyOfArray(String[].class).apply(texts);
    assertArrayEquals(texts, others);
    assertNotSame(texts, others);
  }

  @Test
  void arraysOfWhatCanBeChangedAreRefused() {
    for (TypeRef<?> type :
        List.of(
            TypeRef.of(Date[].class),
            TypeRef.of(Date[][].class),
            new TypeRef<List<Date>[]>() {},
            new TypeRef<ArrayList<String>[][]>() {})) {
      assertThrows(
          IllegalArgumentException.class, () -> Freezing.copyOfArray(type.type()), type::toString);
    }
    assertDoesNotThrow(() -> Freezing.copyOfArray(new TypeRef<List<String>[]>() {}.type()));
  }
}
