package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.CacheKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The keys of calls: equal for equal arguments only, and so are their texts. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // Others still use them.
class CallKeyTest {
  private static final Class<?>[] TWO = {Object.class, Object.class};
  private static final MethodId ID = new MethodId(CallKeyTest.class, "shop", "any", TWO);
  private static final CallKeys KEYS = new CallKeys(ID, TWO, null);

  record Point(int x, String name) {}

  record Line(Point from, Point to) {}

  enum Size {
    SMALL {
      @Override
      int cents() {
        return 1;
      }

      @Override
      public String toString() {
        return "as people call it, and several alike";
      }
    };

    abstract int cents();
  }

  record Word(String text) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Word word && word.text.equals(text);
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  record Broken(List<String> ids) {
    @Override
    public List<String> ids() {
      throw new IllegalStateException("on purpose");
    }
  }

  private static CallKey key(Object... arguments) {
    return KEYS.of(arguments);
  }

  private static void assertTold(String text, Object argument) {
    assertEquals(ID.text() + ":" + text, key(argument).text());
  }

  private static Map<String, String> ordered(String... keys) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String each : keys) {
      map.put(each, "ASC");
    }
    return map;
  }

  @Test
  void theTextShowsEachArgument() {
    assertTold("%00", null);
    assertTold("%java.lang.Integer=42", 42);
    assertTold("%java.lang.String=a%3Ab", "a:b");
    assertTold("%java.util.concurrent.TimeUnit=DAYS", TimeUnit.DAYS);
    assertTold("%" + Size.class.getName() + "=SMALL", Size.SMALL);
    assertTold("%java.util.Locale#" + Integer.toHexString(Locale.UK.hashCode()), Locale.UK);
    assertTold(
        "%(java.util.Date%,%java.util.Date#" + Integer.toHexString(new Date(5).hashCode()) + "%)",
        new Date(5));
    assertEquals(ID.text(), key().text());
    assertEquals(ID.text() + ":%java.lang.Integer=1:%java.lang.Integer=2", key(1, 2).toString());
  }

  @Test
  void theTextShowsWhatAnArgumentHolds() {
    assertTold("%(list%,a%,%java.lang.Integer=1%,%00%)", Arrays.asList("a", 1, null));
    assertTold("%(set%,a%,b%)", Set.of("b", "a"));
    assertTold("%(sorted set%,a%,b%)", new TreeSet<>(Set.of("b", "a")));
    assertTold("%(map%,a%=%java.lang.Integer=1%)", Map.of("a", 1));
    assertTold("%(ordered map%,%(entry%,b%,ASC%)%,%(entry%,a%,ASC%)%)", ordered("b", "a"));
    assertTold("%(optional%,a%)", Optional.of("a"));
    assertTold("%(optional%)", Optional.empty());
    assertTold("%(java.util.ArrayDeque%,a%)", new ArrayDeque<>(List.of("a")));
    assertTold("%(%5BI%,%java.lang.Integer=1%)", new int[] {1});
    String point = "%(" + Point.class.getName() + "%,%java.lang.Integer=1%,b%)";
    assertTold(point, new Point(1, "b"));
    assertTold(
        "%(" + Line.class.getName() + "%," + point + "%," + point + "%)",
        new Line(new Point(1, "b"), new Point(1, "b")));
  }

  private static void assertSameKey(Object one, Object other) {
    assertEquals(key(one), key(other));
    assertEquals(key(one).hashCode(), key(other).hashCode());
    assertEquals(key(one).text(), key(other).text());
  }

  /* These two have one hash code, so that a set hands them out in the order in which they came. */
  @Test
  void whereNoOrderIsThereIsNoneInTheText() {
    assertSameKey(
        new LinkedHashSet<>(List.of("Aa", "BB")), new LinkedHashSet<>(List.of("BB", "Aa")));
    assertSameKey(new HashMap<>(ordered("Aa", "BB")), new HashMap<>(ordered("BB", "Aa")));
    assertSameKey(new HashMap<>(ordered("a", "b")), new ConcurrentHashMap<>(ordered("b", "a")));
    assertSameKey(new HashMap<>(ordered("a", "b")), new Hashtable<>(ordered("b", "a")));
    assertSameKey(ordered("a"), new HashMap<>(ordered("a")));
    assertNotEquals(key(new TreeMap<>(ordered("a"))), key(ordered("a")));
  }

  @Test
  void argumentsOfOneHashCodeAreToldApart() {
    assertEquals(key("x", "Aa").hashCode(), key("x", "BB").hashCode());
    assertNotEquals(key("x", "Aa"), key("x", "BB"));
    assertNotEquals(key("Aa"), key("BB"));
    assertNotEquals(key("Aa", "x"), key("BB", "x"));
    assertNotEquals(key(), key((Object) null));
    assertEquals(key("x", "Aa"), key("x", "Aa"));
  }

  @Test
  void otherCallsHaveOtherHashCodes() {
    assertNotEquals(key("a").hashCode(), key("b").hashCode());
    assertNotEquals(key("a", "a").hashCode(), key("a", "b").hashCode());
  }

  @Test
  void whatIsKnownByItsEqualityAloneIsNotToldByAText() {
    Word word = new Word("a");
    for (Object holder :
        List.<Object>of(
            word,
            List.of(word),
            Set.of(word),
            Map.of("a", word),
            Map.of(word, "a"),
            Optional.of(word),
            new Word[] {word},
            new Date(1))) {
      assertEquals(0, key(holder).traits(), holder::toString);
    }
    for (Object holder :
        List.<Object>of(
            List.of("a"), Set.of("a"), Map.of("a", "b"), Optional.of("a"), new int[1])) {
      assertEquals(CallKey.TOLD, key(holder).traits(), holder::toString);
    }
    assertTrue(key("a", 1).isFirm());
    assertFalse(key("a", List.of()).isFirm());
  }

  @Test
  void aCallInsideItsOwnLoadHasAnotherKey() {
    CallKey key = key("a");
    assertNotEquals(key, key.inner());
    assertNotEquals(key.inner(), key.inner().inner());
    assertEquals(key.inner(), key("a").inner());
    assertEquals(key.text() + ":%inner=1", key.inner().text());
    assertEquals(key.text() + ":%inner=2", key.inner().inner().text());
    assertEquals(key.traits(), key.inner().traits());
  }

  @Test
  void theArgumentsAreKnownAsTheyWereGivenUntilTheyAreForgotten() {
    List<String> ids = new ArrayList<>(List.of("a"));
    Object[] given = {ids};
    CallKey key = KEYS.of(given);
    assertSame(given, key.arguments());
    assertSame(given, key.inner().arguments());
    key.forget();
    assertNotEquals(ids, key.arguments()[0]);
    assertArrayEquals(new Object[] {"a", 1}, key("a", 1).arguments());
  }

  @Test
  void aKeyIsSettledUntilItIsUnsettled() {
    CallKey key = key("a");
    assertFalse(key.isUnsettled());
    key.unsettle();
    assertTrue(key.isUnsettled());
  }

  @Test
  void aDateThatIsSetAfterwardsIsAnother() {
    Calendar calendar = new GregorianCalendar(2026, Calendar.MARCH, 1);
    CallKey before = key(calendar);
    assertEquals(before, key(new GregorianCalendar(2026, Calendar.MARCH, 1)));
    calendar.set(Calendar.YEAR, 2027);
    assertNotEquals(before, key(calendar));
    assertEquals(before, key(new GregorianCalendar(2026, Calendar.MARCH, 1)));
  }

  @Test
  void aRecordThatCannotBeReadIsNoPartOfAKey() {
    Broken broken = new Broken(List.of());
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> key(broken));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("Broken.ids() failed: java.lang.IllegalState"), message);
  }

  @Test
  void methodsAreToldApartByInterfaceNameAndSignature() {
    MethodId same = new MethodId(CallKeyTest.class, "shop", "any", TWO);
    assertEquals(ID, same);
    assertEquals(ID.hashCode(), same.hashCode());
    assertEquals(CacheKey.join(CallKeyTest.class.getName(), "shop", "any"), ID.text());
    assertEquals(ID.text(), ID.toString());
    for (MethodId other :
        List.of(
            new MethodId(CallKey.class, "shop", "any", TWO),
            new MethodId(CallKeyTest.class, "other", "any", TWO),
            new MethodId(CallKeyTest.class, "shop", "other", TWO))) {
      assertNotEquals(ID, other);
      assertNotEquals(ID.hashCode(), other.hashCode());
      assertNotEquals(key("a"), new CallKeys(other, TWO, null).of(new Object[] {"a"}));
    }
  }
}
