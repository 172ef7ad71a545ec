package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What comes out of a lower tier is shared by all readers, like what its loader made. */
class CodecCollectionsTest {
  private final Codec codec = SmileCodec.create();

  /** Copies nothing: what it is handed, it hands out. */
  private record Board(
      List<@Nullable String> list,
      Set<@Nullable Integer> set,
      Collection<String> collection,
      Map<String, @Nullable Integer> map) {
    static Board of(String text) {
      Map<String, Integer> map = new LinkedHashMap<>();
      map.put(text, 1);
      map.put("b", null);
      map.put("a", 3);
      return new Board(
          Arrays.asList(text, null, "a"),
          new LinkedHashSet<>(Arrays.asList(9, null, 3)),
          List.of(text, text),
          map);
    }
  }

  private record Boards(List<Board> list, Map<String, List<Board>> map, Optional<Set<Board>> set) {}

  /** A class whose constructor makes what can be changed. */
  private static final class Account {
    private List<String> owners = new ArrayList<>();
    private @Nullable Map<DayOfWeek, Integer> hours;
  }

  private record Concrete(
      ArrayList<String> arrayList,
      LinkedList<String> linkedList,
      HashSet<String> hashSet,
      LinkedHashSet<String> linkedHashSet,
      EnumSet<DayOfWeek> enumSet,
      HashMap<String, String> hashMap,
      LinkedHashMap<String, String> linkedHashMap,
      EnumMap<DayOfWeek, String> enumMap) {}

  private record Tree(String name, List<Tree> branches) {}

  @SuppressWarnings("unchecked")
  private <V> V roundTrip(V value, TypeRef<V> type) throws IOException {
    byte[] bytes = codec.encode(value, type);
    return (V) codec.decode(bytes, 0, bytes.length, type);
  }

  private static void refuses(Executable change) {
    assertThrows(UnsupportedOperationException.class, change);
  }

  private static void cannotBeChanged(Board board) {
    refuses(() -> board.list().add("c"));
    refuses(() -> board.list().set(0, "c"));
    refuses(() -> board.list().subList(0, 1).clear());
    refuses(() -> board.set().add(4));
    refuses(() -> board.set().iterator().remove());
    refuses(() -> board.collection().clear());
    refuses(() -> board.map().put("a", 4));
    refuses(() -> board.map().keySet().clear());
    refuses(() -> board.map().values().clear());
    refuses(() -> board.map().entrySet().iterator().next().setValue(2));
  }

  @Test
  void collectionsInARecordCannotBeChanged() throws IOException {
    cannotBeChanged(roundTrip(Board.of("text"), TypeRef.of(Board.class)));
  }

  @Test
  void collectionsAtEveryDepthCannotBeChanged() throws IOException {
    Board board = Board.of("text");
    Boards boards =
        new Boards(List.of(board), Map.of("a", List.of(board)), Optional.of(Set.of(board)));
    Boards back = roundTrip(boards, TypeRef.of(Boards.class));
    refuses(back.list()::clear);
    refuses(back.map()::clear);
    refuses(back.map().get("a")::clear);
    refuses(back.set().orElseThrow()::clear);
    cannotBeChanged(back.list().get(0));
    cannotBeChanged(back.map().get("a").get(0));
    cannotBeChanged(back.set().orElseThrow().iterator().next());
    Board[] array = roundTrip(new Board[] {board}, TypeRef.of(Board[].class));
    cannotBeChanged(array[0]);
  }

  @Test
  void theOutermostCannotBeChangedEither() throws IOException {
    List<Set<String>> list = roundTrip(List.of(Set.of("a")), new TypeRef<List<Set<String>>>() {});
    refuses(list::clear);
    refuses(list.get(0)::clear);
    assertSame(list, Frozen.copyOf(list, List.class), "it is copied once more");
    Map<String, Integer> map = roundTrip(Map.of("a", 1), new TypeRef<Map<String, Integer>>() {});
    refuses(map::clear);
    assertSame(map, Frozen.copyOf(map, Map.class), "it is copied once more");
    Collection<String> many = roundTrip(List.of("a"), new TypeRef<Collection<String>>() {});
    refuses(many::clear);
    assertEquals(List.of("a"), many);
    assertSame(many, Frozen.copyOf(many, Collection.class), "it is copied once more");
  }

  @Test
  void theyKeepNullsTheirOrderAndTheirEquals() throws IOException {
    Board board = Board.of("text");
    Board back = roundTrip(board, TypeRef.of(Board.class));
    assertEquals(board, back);
    assertEquals(board.hashCode(), back.hashCode());
    assertEquals(new ArrayList<>(board.set()), new ArrayList<>(back.set()));
    assertEquals(List.of("text", "b", "a"), new ArrayList<>(back.map().keySet()));
    assertTrue(back.list().contains(null));
  }

  @Test
  void emptyOnesAndThoseThatAreNotThereComeBack() throws IOException {
    Board empty = new Board(List.of(), Set.of(), List.of(), Map.of());
    assertEquals(empty, roundTrip(empty, TypeRef.of(Board.class)));
    refuses(() -> roundTrip(empty, TypeRef.of(Board.class)).list().add("a"));
    Board none = new Board(null, null, null, null);
    assertEquals(none, roundTrip(none, TypeRef.of(Board.class)));
    List<List<String>> withNull = Collections.singletonList(null);
    assertEquals(withNull, roundTrip(withNull, new TypeRef<List<List<String>>>() {}));
  }

  @Test
  void aTypeThatHoldsItselfInAListComesBack() throws IOException {
    Tree tree = new Tree("leaf", List.of());
    for (int i = 0; i < 200; i++) {
      tree = new Tree("branch " + i, List.of(tree));
    }
    Tree back = roundTrip(tree, TypeRef.of(Tree.class));
    assertEquals(tree, back);
    refuses(back.branches().get(0).branches()::clear);
  }

  @Test
  void collectionsInAClassCannotBeChanged() throws IOException {
    Account account = new Account();
    account.owners.add("a");
    account.hours = new EnumMap<>(Map.of(DayOfWeek.FRIDAY, 7));
    Account back = roundTrip(account, TypeRef.of(Account.class));
    assertEquals(account.owners, back.owners);
    assertEquals(account.hours, back.hours);
    refuses(() -> back.owners.add("b"));
    refuses(() -> back.hours.clear());
    assertNull(roundTrip(new Account(), TypeRef.of(Account.class)).hours);
  }

  /* Whoever declares a class that can be changed is handed one, by the loader as well. */
  @Test
  @SuppressWarnings("JdkObsolete") // As people declare it.
  void aConcreteClassComesBackAsItself() throws IOException {
    Concrete value =
        new Concrete(
            new ArrayList<>(List.of("a")),
            new LinkedList<>(List.of("a")),
            new HashSet<>(Set.of("a")),
            new LinkedHashSet<>(Set.of("a")),
            EnumSet.of(DayOfWeek.FRIDAY),
            new HashMap<>(Map.of("a", "b")),
            new LinkedHashMap<>(Map.of("a", "b")),
            new EnumMap<>(Map.of(DayOfWeek.FRIDAY, "b")));
    Concrete back = roundTrip(value, TypeRef.of(Concrete.class));
    assertEquals(value, back);
    back.arrayList().clear();
    back.linkedList().clear();
    back.hashSet().clear();
    back.linkedHashSet().clear();
    back.enumSet().clear();
    back.hashMap().clear();
    back.linkedHashMap().clear();
    back.enumMap().clear();
  }

  @Test
  void oneTypeDoesNotChangeAnother() throws IOException {
    TypeRef<List<String>> list = new TypeRef<>() {};
    TypeRef<ArrayList<String>> arrayList = new TypeRef<>() {};
    for (int i = 0; i < 2; i++) {
      refuses(roundTrip(List.of("a"), list)::clear);
      roundTrip(new ArrayList<>(List.of("a")), arrayList).clear();
    }
  }

  @Test
  void whatALowerTierHandsOutCannotBeChanged() throws InterruptedException {
    try (TieredCache cache = Caches.direct().tier(new MapTier()).codec(codec).build()) {
      TypedCache<Board> boards = cache.typed(Board.class);
      boards.get("board", TAG, () -> Board.of("text"));
      assertTrue(cache.flush(Duration.ofMinutes(1)));
      cache.drop("board", cache.cached("board"));
      Board back = boards.get("board", TAG, never());
      assertEquals(Board.of("text"), back);
      cannotBeChanged(back);
    }
  }
}
