package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What many readers share, none of them can change. */
class HandingOutTest {
  private final TieredCache cache = Caches.direct().build();
  private final TypedCache<List<String>> lists = cache.typed(new TypeRef<List<String>>() {});
  private final TypedCache<ArrayList<String>> arrayLists =
      cache.typed(new TypeRef<ArrayList<String>>() {});

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void theLoadersListCannotBeChangedThroughTheCache() {
    List<String> loaded = new ArrayList<>(List.of("a", "b"));
    List<String> first = lists.get("list", TAG, () -> loaded);
    assertThrows(UnsupportedOperationException.class, () -> first.add("c"));
    List<String> again = lists.get("list", TAG, never());
    assertSame(first, again);
    assertThrows(UnsupportedOperationException.class, again::clear);
    loaded.add("d");
    assertEquals(List.of("a", "b"), lists.get("list", TAG, never()));
  }

  @Test
  void aListThatIsPutCannotBeChangedEither() {
    List<String> mine = new ArrayList<>(List.of("a"));
    lists.put("list", mine, TAG, cache.stamp());
    mine.add("b");
    assertEquals(List.of("a"), lists.get("list", TAG, never()));
  }

  @Test
  void aListWithNullsIsKeptAsItIs() {
    lists.get("list", TAG, () -> Arrays.asList("a", null));
    assertEquals(Arrays.asList("a", null), lists.get("list", TAG, never()));
  }

  @Test
  void anImmutableListIsNotCopied() {
    List<String> immutable = List.of("a", "b", "c");
    assertSame(immutable, lists.get("list", TAG, () -> immutable));
    assertSame(immutable, lists.get("list", TAG, never()));
  }

  @Test
  void listsThatAreSharedOnPurposeAreCopiedToo() {
    List<String> shared = new CopyOnWriteArrayList<>(List.of("a"));
    List<String> got = lists.get("list", TAG, () -> shared);
    shared.add("b");
    assertEquals(List.of("a"), got);
    assertThrows(UnsupportedOperationException.class, got::clear);
  }

  @Test
  void mapsAndSetsCannotBeChanged() {
    Map<String, Integer> map =
        cache
            .typed(new TypeRef<Map<String, Integer>>() {})
            .get("map", TAG, () -> new HashMap<>(Map.of("a", 1)));
    assertThrows(UnsupportedOperationException.class, () -> map.put("b", 2));
    Set<String> set =
        cache
            .typed(new TypeRef<Set<String>>() {})
            .get("set", TAG, () -> new HashSet<>(Set.of("a")));
    assertThrows(UnsupportedOperationException.class, () -> set.add("b"));
    Collection<Integer> values =
        cache
            .typed(new TypeRef<Collection<Integer>>() {})
            .get("values", TAG, () -> new HashMap<>(Map.of("a", 1)).values());
    assertThrows(UnsupportedOperationException.class, values::clear);
    assertEquals(List.of(1), List.copyOf(values));
  }

  @Test
  void whatIsSortedStaysSortedAndCannotBeChanged() {
    NavigableMap<String, Integer> map =
        cache
            .typed(new TypeRef<NavigableMap<String, Integer>>() {})
            .get(
                "map",
                TAG,
                () -> {
                  NavigableMap<String, Integer> reversed = new TreeMap<>(Comparator.reverseOrder());
                  reversed.putAll(Map.of("a", 1, "b", 2));
                  return reversed;
                });
    assertEquals("b", map.firstKey());
    assertThrows(UnsupportedOperationException.class, () -> map.put("c", 3));
    NavigableSet<String> set =
        cache
            .typed(new TypeRef<NavigableSet<String>>() {})
            .get("set", TAG, () -> new TreeSet<>(Set.of("b", "a")));
    assertEquals("a", set.first());
    assertThrows(UnsupportedOperationException.class, set::clear);
    Map<String, Integer> plain =
        cache
            .typed(new TypeRef<Map<String, Integer>>() {})
            .get("plain", TAG, () -> new TreeMap<>(Map.of("a", 1)));
    assertThrows(UnsupportedOperationException.class, plain::clear);
  }

  @Test
  void theOrderOfAMapIsKept() {
    Map<String, Integer> ordered = new LinkedHashMap<>();
    for (String key : List.of("z", "a", "m")) {
      ordered.put(key, 1);
    }
    Map<String, Integer> got =
        cache.typed(new TypeRef<Map<String, Integer>>() {}).get("map", TAG, () -> ordered);
    assertEquals(List.of("z", "a", "m"), List.copyOf(got.keySet()));
  }

  static Stream<TypeRef<?>> mutable() {
    return Stream.of(
        TypeRef.of(byte[].class),
        TypeRef.of(String[].class),
        new TypeRef<List<String>[]>() {},
        TypeRef.of(Date.class),
        TypeRef.of(java.sql.Timestamp.class),
        TypeRef.of(StringBuilder.class),
        TypeRef.of(BitSet.class),
        TypeRef.of(ArrayList.class),
        new TypeRef<HashMap<String, String>>() {},
        new TypeRef<CopyOnWriteArrayList<String>>() {},
        new TypeRef<Deque<String>>() {},
        new TypeRef<Iterator<String>>() {},
        new TypeRef<Stream<String>>() {});
  }

  @ParameterizedTest
  @MethodSource("mutable")
  <V> void aMutableTypeIsRefusedAndNotLoaded(TypeRef<V> type) {
    TypedCache<V> view = cache.typed(type);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> view.get("key", TAG, never()));
    assertEquals(
        type
            + " can be changed by whoever is handed it; cache an immutable type (List, Set, Map, a"
            + " record), or give a copier: typed(type).copyOnRead(…)",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> view.getIfPresent("key"));
    assertThrows(IllegalArgumentException.class, () -> view.refresh("key", TAG, never()));
    assertThrows(
        IllegalArgumentException.class,
        () -> view.getAll(List.of("key"), key -> TAG, keys -> Map.of()));
  }

  static Stream<TypeRef<?>> immutable() {
    return Stream.of(
        TypeRef.of(String.class),
        TypeRef.of(Integer.class),
        TypeRef.of(Object.class),
        TypeRef.of(Thread.State.class),
        TypeRef.of(java.time.Instant.class),
        new TypeRef<Optional<String>>() {},
        new TypeRef<Iterable<String>>() {},
        new TypeRef<Collection<String>>() {});
  }

  @ParameterizedTest
  @MethodSource("immutable")
  <V> void anImmutableTypeIsNotRefused(TypeRef<V> type) {
    assertEquals(Optional.empty(), cache.typed(type).getIfPresent("key"));
  }

  @Test
  void everybodyGetsACopyIfThatIsWished() {
    TypedCache<byte[]> bytes = cache.typed(byte[].class).copyOnRead(byte[]::clone);
    byte[] loaded = {1, 2};
    byte[] first = bytes.get("key", TAG, () -> loaded);
    loaded[0] = 9;
    first[1] = 9;
    byte[] second = bytes.get("key", TAG, never());
    assertEquals("[1, 2]", Arrays.toString(second));
    assertNotSame(second, bytes.getIfPresent("key").orElseThrow());
    byte[] put = {3};
    bytes.put("put", put, TAG, cache.stamp());
    put[0] = 4;
    assertEquals(3, bytes.getAll(List.of("put"), key -> TAG, keys -> Map.of()).get("put")[0]);
  }

  @Test
  void copiesAreOfTheDeclaredType() {
    TypedCache<ArrayList<String>> copies = arrayLists.copyOnRead(list -> new ArrayList<>(list));
    ArrayList<String> first = copies.get("list", TAG, () -> new ArrayList<>(List.of("a")));
    first.add("b");
    ArrayList<String> second = copies.get("list", TAG, never());
    assertEquals(List.of("a"), second);
    second.add("c");
    TypedCache<Deque<String>> deques =
        cache.typed(new TypeRef<Deque<String>>() {}).copyOnRead(ArrayDeque::new);
    deques.get("deque", TAG, () -> new ArrayDeque<>(List.of("a"))).add("b");
    assertEquals("[a]", deques.get("deque", TAG, never()).toString());
  }

  @Test
  void aViewWithoutCopiesIsSafeFromOneWithThem() {
    TypedCache<List<String>> copies = lists.copyOnRead(ArrayList::new);
    copies.get("list", TAG, () -> new ArrayList<>(List.of("a"))).add("b");
    List<String> shared = lists.get("list", TAG, never());
    assertThrows(UnsupportedOperationException.class, () -> shared.add("c"));
    assertEquals(List.of("a"), shared);
  }

  @Test
  void whatJoinersAreHandedIsCopiedToo() throws Exception {
    TypedCache<byte[]> bytes = cache.typed(byte[].class).copyOnRead(byte[]::clone);
    HeldLoader<byte[]> loader = HeldLoader.of(new byte[] {1});
    Reader<byte[]> leader = Reader.start(() -> bytes.get("key", TAG, loader));
    loader.awaitEntered();
    Reader<byte[]> joiner = Reader.joining(() -> bytes.get("key", TAG, never()));
    loader.release();
    assertNotSame(leader.get(), joiner.get());
  }

  @Test
  void nothingNeedsNoCopy() {
    TypedCache<byte[]> bytes = cache.typed(byte[].class).copyOnRead(byte[]::clone);
    assertEquals(null, bytes.get("key", TAG, () -> null));
  }
}
