package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.CacheKey;
import dev.tiercel.cache.CapturedLog;
import dev.tiercel.cache.TieredCache;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls share an answer if their arguments are equal by value, and only then. */
@SuppressWarnings("JavaUtilDate")
class CachingKeysTest {
  /** Answers with the number of the call. */
  public interface Search {
    int any(Object what);

    int byIds(List<String> ids);

    int byTags(Set<String> tags);

    int byBytes(byte[] bytes);

    int byFilter(Filter filter);

    int find(String text);

    int find(int number);

    int six(byte a, char b, float c, double d, short e, boolean f);

    int none();

    int many(String... names);
  }

  /** Holds a list that anybody may change. */
  public record Filter(String name, List<String> ids) {}

  private static final class Counting implements Search {
    private int calls;

    @Override
    public int any(Object what) {
      return ++calls;
    }

    @Override
    public int byIds(List<String> ids) {
      return ++calls;
    }

    @Override
    public int byTags(Set<String> tags) {
      return ++calls;
    }

    @Override
    public int byBytes(byte[] bytes) {
      return ++calls;
    }

    @Override
    public int byFilter(Filter filter) {
      return ++calls;
    }

    @Override
    public int find(String text) {
      return ++calls;
    }

    @Override
    public int find(int number) {
      return ++calls;
    }

    @Override
    public int six(byte a, char b, float c, double d, short e, boolean f) {
      return ++calls;
    }

    @Override
    public int none() {
      return ++calls;
    }

    @Override
    public int many(String... names) {
      return ++calls;
    }
  }

  private final TieredCache cache = Wrapped.cache();
  private final Search search =
      Caching.of(Search.class, new Counting())
          .with(cache)
          .cached(Search::any, c -> c.tag("all"))
          .cached(Search::byIds, c -> c.tag("all"))
          .cached(Search::byTags, c -> c.tag("all"))
          .cached(Search::byBytes, c -> c.tag("all"))
          .cached(Search::byFilter, c -> c.tag("all"))
          .cached((ResultCall.Of1<Search, String, Integer>) Search::find, c -> c.tag("all"))
          .<Integer, Integer>cached(Search::find, c -> c.tag("all"))
          .cached(Search::six, c -> c.tag((a, b, cc, d, e, f) -> "six:" + a + b + cc + d + e + f))
          .cached(Search::none, c -> c.tag("all"))
          .cached((ResultCall.Of1<Search, String[], Integer>) Search::many, c -> c.tag("all"))
          .build();

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void collectionsAndArraysAreComparedByValue() {
    assertEquals(search.byIds(List.of("a", "b")), search.byIds(Arrays.asList("a", "b")));
    assertNotEquals(search.byIds(List.of("a", "b")), search.byIds(List.of("b", "a")));
    assertEquals(
        search.byTags(Set.of("a", "b")), search.byTags(new LinkedHashSet<>(List.of("b", "a"))));
    assertEquals(search.byBytes(new byte[] {1, 2}), search.byBytes(new byte[] {1, 2}));
    assertNotEquals(search.byBytes(new byte[] {1, 2}), search.byBytes(new byte[] {1, 3}));
    assertEquals(search.many("a", "b"), search.many("a", "b"));
    assertNotEquals(search.many("a", "b"), search.many("a"));
  }

  private static Map<String, String> ordered(String... entries) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String each : entries) {
      map.put(each, "ASC");
    }
    return map;
  }

  @Test
  void theOrderOfAMapOrASortedSetCounts() {
    int byName = search.any(ordered("name", "age"));
    assertEquals(byName, search.any(ordered("name", "age")));
    assertNotEquals(byName, search.any(ordered("age", "name")));
    int fixed = search.any(Collections.unmodifiableMap(ordered("name", "age")));
    assertNotEquals(fixed, search.any(Collections.unmodifiableMap(ordered("age", "name"))));
    int up = search.any(new TreeMap<>(ordered("name", "age")));
    assertEquals(up, search.any(new TreeMap<>(ordered("age", "name"))));
    assertNotEquals(up, search.any(new TreeMap<>(ordered("name", "age")).descendingMap()));
    int set = search.any(new TreeSet<>(Set.of("a", "b")));
    assertEquals(set, search.any(new TreeSet<>(Set.of("b", "a"))));
    assertNotEquals(set, search.any(new TreeSet<>(Set.of("a", "b")).descendingSet()));
    assertEquals(
        search.any(new HashMap<>(ordered("name", "age"))),
        search.any(Map.copyOf(ordered("age", "name"))));
  }

  @Test
  void anArgumentThatIsChangedAfterwardsIsAnother() {
    List<String> ids = new ArrayList<>(List.of("a"));
    int first = search.byIds(ids);
    ids.add("b");
    assertNotEquals(first, search.byIds(ids));
    assertEquals(first, search.byIds(List.of("a")));
    Filter filter = new Filter("x", ids);
    int filtered = search.byFilter(filter);
    ids.clear();
    assertNotEquals(filtered, search.byFilter(filter));
    assertEquals(filtered, search.byFilter(new Filter("x", List.of("a", "b"))));
    Date date = new Date(1);
    int dated = search.any(date);
    date.setTime(2);
    assertNotEquals(dated, search.any(date));
    assertEquals(dated, search.any(new Date(1)));
    byte[] bytes = {1};
    int of = search.byBytes(bytes);
    bytes[0] = 2;
    assertNotEquals(of, search.byBytes(bytes));
  }

  @Test
  void overloadsAreToldApart() {
    assertNotEquals(search.find("1"), search.find(1));
    assertEquals(search.find("1"), search.find("1"));
    assertEquals(search.find(1), search.find(1));
  }

  @Test
  void primitivesAndNoArgumentsMakeKeysToo() {
    assertEquals(
        search.six((byte) 1, 'b', 2f, 3d, (short) 4, true),
        search.six((byte) 1, 'b', 2f, 3d, (short) 4, true));
    assertNotEquals(
        search.six((byte) 1, 'b', 2f, 3d, (short) 4, true),
        search.six((byte) 1, 'b', 2f, 3d, (short) 4, false));
    assertEquals(search.none(), search.none());
  }

  @Test
  void nullIsAnArgumentLikeOthers() {
    assertEquals(search.find((String) null), search.find((String) null));
    assertNotEquals(search.find((String) null), search.find("null"));
    assertEquals(search.any(null), search.any(null));
  }

  /** Has equality, and more is not known of it. */
  private static final class Word {
    private final String text;

    Word(String text) {
      this.text = text;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Word word && word.text.equals(text);
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  @Test
  void ownEqualityIsTakenAtItsWord() {
    assertEquals(search.any(new Word("a")), search.any(new Word("a")));
    assertNotEquals(search.any(new Word("a")), search.any(new Word("b")));
  }

  @Test
  void anArgumentWithoutValueEqualityIsReportedOnceAndTheCallAnswered() throws Exception {
    Object thing = new Object();
    try (CapturedLog log = new CapturedLog(Caching.class)) {
      assertNotEquals(search.any(thing), search.any(thing));
      assertNotEquals(search.any(List.of(thing)), search.any(List.of(thing)));
      assertEquals(1, log.warnings().size());
      String warning = log.warnings().get(0);
      assertTrue(warning.contains("Search.any(Object)"), warning);
      assertTrue(warning.contains("not cached"), warning);
    }
    assertEquals(search.any("x"), search.any("x"));
  }

  private static Collection<Object> different() {
    Map<String, Object> map = new TreeMap<>(Map.of("a", 1));
    return Arrays.asList(
        null,
        "null",
        "%00",
        "",
        "1",
        1,
        1L,
        1.0,
        '1',
        (short) 1,
        new BigDecimal("1.0"),
        new BigDecimal("1.00"),
        "a:b",
        "a%3Ab",
        List.of(),
        List.of("a", "b"),
        List.of("a%,b"),
        List.of(List.of("a"), "b"),
        List.of(List.of("a", "b")),
        Set.of(),
        Set.of("a"),
        map,
        Map.of("a", "1"),
        ordered("a", "b"),
        ordered("b", "a"),
        Map.of("a", "ASC", "b", "ASC"),
        new TreeSet<>(Set.of("a", "b")),
        Set.of("a", "b"),
        Optional.empty(),
        Optional.of("a"),
        List.of("a"),
        new String[] {"a"},
        new Object[] {"a"},
        new int[] {1},
        new long[] {1},
        new Filter("a", List.of("b")),
        new Filter("a, ids=[b]", List.of()),
        new Order("a", "b", 1),
        new Order("a%,b", "", 1),
        TimeUnit.DAYS,
        "DAYS",
        Thread.State.NEW,
        Instant.EPOCH,
        Instant.EPOCH.toString(),
        ZoneId.of("Europe/Berlin"),
        "Europe/Berlin",
        Arrays.asList((Object) null));
  }

  @Test
  void differentArgumentsHaveDifferentKeysAndTexts() {
    MethodId id = new MethodId(Search.class, "x", "any(Object)", new Class<?>[] {Object.class});
    CallKeys keys = new CallKeys(id, new Class<?>[] {Object.class}, null);
    Set<CallKey> distinct = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (Object each : different()) {
      CallKey key = keys.of(new Object[] {each});
      assertTrue(distinct.add(key), key::text);
      assertTrue(texts.add(key.text()), key::text);
      assertEquals(CallKey.TOLD, key.traits() & CallKey.TOLD, key::text);
    }
    assertEquals(distinct.size(), different().size());
  }

  @Test
  void theTextOfAKeyTellsTheCall() {
    MethodId id =
        new MethodId(Search.class, "x", "find(int)", new Class<?>[] {Integer.class, String.class});
    CallKeys keys = new CallKeys(id, new Class<?>[] {int.class, String.class}, null);
    assertEquals(
        CacheKey.join(Search.class.getName(), "x", "find(int)") + ":42:a%3Ab",
        keys.of(new Object[] {42, "a:b"}).text());
  }

  @Test
  void whatIsOnlyKnownToHaveEqualityIsNotLookedUpByItsText() {
    MethodId id = new MethodId(Search.class, "x", "any", new Class<?>[] {Object.class});
    CallKeys keys = new CallKeys(id, new Class<?>[] {Object.class}, null);
    assertEquals(0, keys.of(new Object[] {new Word("a")}).traits());
    assertEquals(0, keys.of(new Object[] {List.of(new Word("a"))}).traits());
    assertEquals(CallKey.FIRM, keys.of(new Object[] {Locale.ROOT}).traits());
    assertEquals(CallKey.FIRM, keys.of(new Object[] {URI.create("a:b")}).traits());
    assertEquals(CallKey.FIRM, keys.of(new Object[] {String.class}).traits());
    assertEquals(CallKey.FIRM | CallKey.TOLD, keys.of(new Object[] {1, "a", null}).traits());
  }

  @Test
  void whatIsThereToBeChangedAndNotCopiedIsReportedAndTheCallAnswered() throws Exception {
    BitSet bits = new BitSet();
    try (CapturedLog log = new CapturedLog(Caching.class)) {
      assertNotEquals(search.any(bits), search.any(bits));
      assertTrue(log.warnings().get(0).contains("Search.any(Object)"), log.warnings()::toString);
    }
  }

  /** Two methods whose key functions say the same. */
  public interface Colliding {
    String one(Object thing);

    Integer two(Object thing);
  }

  @Test
  void keyFunctionsOfTwoMethodsCannotCollide() {
    Colliding target =
        new Colliding() {
          @Override
          public String one(Object thing) {
            return "one" + thing.hashCode();
          }

          @Override
          public Integer two(Object thing) {
            return 2;
          }
        };
    Colliding wrapped =
        Caching.of(Colliding.class, target)
            .with(cache)
            .cached(Colliding::one, c -> c.tag("all").key(thing -> "same"))
            .cached(Colliding::two, c -> c.tag("all").key(thing -> "same"))
            .build();
    String first = wrapped.one(new Object());
    assertEquals(2, wrapped.two(new Object()));
    assertEquals(first, wrapped.one(new Object()));
  }
}
