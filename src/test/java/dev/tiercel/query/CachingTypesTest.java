package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypeRef;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interfaces of every shape can be wrapped. */
@SuppressWarnings("JavaUtilDate")
class CachingTypesTest {
  private final TieredCache cache = Wrapped.cache();

  @AfterEach
  void close() {
    cache.close();
  }

  /** Of anything. */
  public interface Crud<T, K> {
    Optional<T> get(K id);

    List<T> all();

    Object raw(K id);

    void put(T thing);
  }

  /** Of notes. */
  public interface Notes extends Crud<Order, String> {
    @Override
    Order raw(String id);

    @Override
    void put(Order note);
  }

  private static class MapNotes implements Notes {
    private final Map<String, Order> notes = new TreeMap<>();
    private int reads;

    @Override
    public Optional<Order> get(String id) {
      reads++;
      return Optional.ofNullable(notes.get(id));
    }

    @Override
    public List<Order> all() {
      reads++;
      return new ArrayList<>(notes.values());
    }

    @Override
    public Order raw(String id) {
      reads++;
      return notes.get(id);
    }

    @Override
    public void put(Order note) {
      notes.put(note.id(), note);
    }
  }

  private static CachingBuilder<Notes> notes(MapNotes target, TieredCache cache) {
    return Caching.of(Notes.class, target)
        .with(cache)
        .cached(Notes::get, c -> c.tag(id -> "note:" + id))
        .cached(Notes::all, c -> c.tag("notes"))
        .cached(Notes::raw, c -> c.tag(id -> "note:" + id))
        .invalidates(Notes::put, i -> i.tag(note -> "note:" + note.id()).tag("notes"));
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void genericInterfacesAndTheirBridgesFollowTheRules() {
    MapNotes target = new MapNotes();
    Notes wrapped = notes(target, cache).build();
    Crud<Order, String> general = wrapped;
    Crud bare = wrapped;
    Order note = new Order("1", "a", 1);
    assertEquals(Optional.empty(), wrapped.get("1"));
    bare.put(note);
    assertEquals(Optional.of(note), wrapped.get("1"));
    assertEquals(note, general.raw("1"));
    assertEquals(note, wrapped.raw("1"));
    assertEquals(note, bare.raw("1"));
    assertEquals(3, target.reads);
    general.put(new Order("1", "b", 1));
    assertEquals("b", wrapped.raw("1").customer());
  }

  @Test
  void theDeclaredTypeIsWithoutVariables() throws Exception {
    ResolvedTypes types = new ResolvedTypes(Notes.class);
    assertEquals(
        new TypeRef<Optional<Order>>() {}.type(),
        types.resolve(Crud.class.getMethod("get", Object.class).getGenericReturnType()));
    assertEquals(
        new TypeRef<List<Order>>() {}.type(),
        types.resolve(Crud.class.getMethod("all").getGenericReturnType()));
  }

  @Test
  void whatHasNoRoomInMemoryIsFoundBelow(@TempDir Path folder) throws Exception {
    MapNotes target = new MapNotes();
    try (TieredCache small =
        TieredCache.builder()
            .onlyWriter()
            .entries(1)
            .executor(Runnable::run)
            .sqliteTier(folder.resolve("cache.db"), 10 << 20)
            .build()) {
      Notes wrapped = notes(target, small).build();
      wrapped.put(new Order("1", "a", 1));
      for (int round = 0; round < 2; round++) {
        for (int id = 0; id < 5; id++) {
          wrapped.get(Integer.toString(id));
        }
        assertEquals(1, wrapped.all().size());
        assertTrue(small.flush(Duration.ofSeconds(30)));
      }
      assertEquals(6, target.reads);
    }
  }

  /** Has results that are copied, or made unmodifiable deep inside. */
  public interface Shapes {
    byte[] bytes();

    int[][] grid();

    Date date();

    Optional<List<String>> maybe();

    Map<String, List<String>> grouped();

    Integer absent();
  }

  private static final class Mutable implements Shapes {
    private final byte[] bytes = {1, 2};
    private final int[][] grid = {{1}, null};
    private final Map<String, List<String>> grouped =
        new HashMap<>(Map.of("a", new ArrayList<>(List.of("b"))));
    private int asked;

    @Override
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public int[][] grid() {
      return grid;
    }

    @Override
    public Date date() {
      return new Date(5);
    }

    @Override
    public Optional<List<String>> maybe() {
      return Optional.of(grouped.get("a"));
    }

    @Override
    public Map<String, List<String>> grouped() {
      return grouped;
    }

    @Override
    public Integer absent() {
      asked++;
      return null;
    }
  }

  private Shapes shapes(Mutable target) {
    return Caching.of(Shapes.class, target)
        .with(cache)
        .cached(Shapes::bytes, c -> c.tag("all"))
        .cached(Shapes::grid, c -> c.tag("all"))
        .cached(Shapes::date, c -> c.tag("all").copyOnRead(date -> new Date(date.getTime())))
        .cached(Shapes::maybe, c -> c.tag("all"))
        .cached(Shapes::grouped, c -> c.tag("all"))
        .cached(Shapes::absent, c -> c.tag("all").tagsOfResult(n -> List.of("n:" + (n + 1))))
        .build();
  }

  @Test
  void arraysAreCopied() {
    Mutable target = new Mutable();
    Shapes shapes = shapes(target);
    byte[] first = shapes.bytes();
    first[0] = 9;
    target.bytes[1] = 9;
    assertArrayEquals(new byte[] {1, 2}, shapes.bytes());
    int[][] grid = shapes.grid();
    grid[0][0] = 9;
    assertArrayEquals(new int[][] {{1}, null}, shapes.grid());
  }

  @Test
  void ownCopiersAreUsed() {
    Shapes shapes = shapes(new Mutable());
    Date date = shapes.date();
    date.setTime(6);
    assertEquals(new Date(5), shapes.date());
    assertNotSame(date, shapes.date());
  }

  @Test
  void collectionsDeepInsideAreUnmodifiable() {
    Mutable target = new Mutable();
    Shapes shapes = shapes(target);
    List<String> maybe = shapes.maybe().orElseThrow();
    assertThrows(UnsupportedOperationException.class, maybe::clear);
    List<String> inside = shapes.grouped().get("a");
    assertThrows(UnsupportedOperationException.class, inside::clear);
    target.grouped.get("a").clear();
    assertEquals(List.of("b"), shapes.grouped().get("a"));
    assertEquals(List.of("b"), shapes.maybe().orElseThrow());
  }

  @Test
  void nullIsHandedOnAndNotCached() {
    Mutable target = new Mutable();
    Shapes shapes = shapes(target);
    assertEquals(null, shapes.absent());
    assertEquals(null, shapes.absent());
    assertEquals(2, target.asked);
  }

  /** Seen by this class alone. */
  private interface Hidden {
    String name(int id);

    default String twice(int id) {
      return name(id) + name(id);
    }
  }

  @Test
  void aHiddenInterfaceIsWrappedByALookup() {
    int[] calls = new int[1];
    Hidden wrapped =
        Caching.of(MethodHandles.lookup(), Hidden.class, id -> "n" + id + ++calls[0])
            .with(cache)
            .cached(Hidden::name, c -> c.tag("all"))
            .build();
    assertEquals("n71", wrapped.name(7));
    assertEquals("n71n71", wrapped.twice(7));
    assertEquals(1, calls[0]);
  }

  /** Has a method for each number of arguments, with a result and without. */
  public interface Arities {
    int r0();

    int r1(int a);

    int r2(int a, int b);

    int r3(int a, int b, int c);

    int r4(int a, int b, int c, int d);

    int r5(int a, int b, int c, int d, int e);

    int r6(int a, int b, int c, int d, int e, int f);

    int w0();

    int w1(int a);

    int w2(int a, int b);

    int w3(int a, int b, int c);

    int w4(int a, int b, int c, int d);

    int w5(int a, int b, int c, int d, int e);

    int w6(int a, int b, int c, int d, int e, int f);

    void v0();

    void v1(int a);

    void v2(int a, int b);

    void v3(int a, int b, int c);

    void v4(int a, int b, int c, int d);

    void v5(int a, int b, int c, int d, int e);

    void v6(int a, int b, int c, int d, int e, int f);

    void p3(int a, int b, int c);

    long p6(int a, int b, int c, int d, int e, int f) throws Exception;
  }

  @Test
  void methodsOfUpToSixArgumentsAreNamedByTheirReferences() throws Exception {
    int[] calls = new int[1];
    Arities target =
        (Arities)
            java.lang.reflect.Proxy.newProxyInstance(
                Arities.class.getClassLoader(),
                new Class<?>[] {Arities.class},
                (proxy, method, args) ->
                    method.getReturnType() == long.class
                        ? (Object) 5L
                        : Integer.valueOf(++calls[0]));
    Arities wrapped =
        Caching.of(Arities.class, target)
            .with(cache)
            .cached(Arities::r0, x -> x.tag("t"))
            .cached(Arities::r1, x -> x.tag(a -> "t" + a))
            .cached(Arities::r2, x -> x.tag((a, b) -> "t" + b).key((a, b) -> b))
            .cached(Arities::r3, x -> x.tag((a, b, c) -> "t" + c))
            .cached(Arities::r4, x -> x.tags((a, b, c, d) -> List.of("t" + d)))
            .cached(Arities::r5, x -> x.tag((a, b, c, d, e) -> "t" + e))
            .cached(Arities::r6, x -> x.tag((a, b, c, d, e, f) -> "t" + f))
            .invalidates(Arities::w0, x -> x.tag("t").tagsOfResult(r -> List.of("t" + (r + 1))))
            .invalidates(Arities::w1, x -> x.tag(a -> "t" + a))
            .invalidates(Arities::w2, x -> x.tag((a, b) -> "t" + b))
            .invalidates(Arities::w3, x -> x.tag((a, b, c) -> "t" + c))
            .invalidates(Arities::w4, x -> x.tags((a, b, c, d) -> List.of("t" + d)))
            .invalidates(Arities::w5, x -> x.tag((a, b, c, d, e) -> "t" + e))
            .invalidates(Arities::w6, x -> x.tag((a, b, c, d, e, f) -> "t" + f))
            .invalidates(Arities::v0, x -> x.everything())
            .invalidates(Arities::v1, x -> x.tag(a -> "t" + a))
            .invalidates(Arities::v2, x -> x.tag((a, b) -> "t" + b))
            .invalidates(Arities::v3, x -> x.tag((a, b, c) -> "t" + c))
            .invalidates(Arities::v4, x -> x.tag((a, b, c, d) -> "t" + d))
            .invalidates(Arities::v5, x -> x.tag((a, b, c, d, e) -> "t" + e))
            .invalidates(Arities::v6, x -> x.tag((a, b, c, d, e, f) -> "t" + f))
            .passesThrough(Arities::p3)
            .passesThrough(Arities::p6)
            .build();
    int six = wrapped.r6(1, 2, 3, 4, 5, 6);
    assertEquals(six, wrapped.r6(1, 2, 3, 4, 5, 6));
    wrapped.w6(0, 0, 0, 0, 0, 6);
    assertEquals(six + 2, wrapped.r6(1, 2, 3, 4, 5, 6));
    wrapped.v6(0, 0, 0, 0, 0, 6);
    assertEquals(six + 4, wrapped.r6(1, 2, 3, 4, 5, 6));
    wrapped.v0();
    assertEquals(six + 6, wrapped.r6(1, 2, 3, 4, 5, 6));
    assertEquals(wrapped.r2(1, 7), wrapped.r2(2, 7));
    assertEquals(5, wrapped.p6(1, 2, 3, 4, 5, 6));
  }
}
