package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our patterns match what SQLite's own GLOB matches: one tier must not void what another keeps. */
class GlobTest {
  private static final int PAIRS = 20_000;

  /* Few enough characters that texts match by chance, and all that mean something. */
  private static final List<String> TEXT =
      List.of(
          "a", "b", "c", "d", "A", ":", "-", "]", "[", "^", "*", "?", "!", "é", "日", "😀", "😁");
  private static final List<String> SETS =
      List.of(
          "[abc]", "[a-c]", "[^a-c]", "[^]]", "[]]", "[]a]", "[]-a]", "[^]-a]", "[-a]", "[a-]",
          "[a-c-e]", "[a-c--]", "[a--]", "[c-a]", "[^c-a]", "[😀-😁]", "[^😀]", "[é-日]", "[*?]",
          "[[]", "[^^]", "[^]", "[", "[^", "[]", "[a", "[a-", "[^]a", "[a-b-c]", "[!a]", "[+--]");

  private static Connection connection;
  private static PreparedStatement glob;

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    glob = connection.prepareStatement("SELECT ? GLOB ?");
  }

  @AfterAll
  static void close() throws SQLException {
    glob.close();
    connection.close();
  }

  private static boolean inSqlite(String text, String pattern) throws SQLException {
    glob.setString(1, text);
    glob.setString(2, pattern);
    try (ResultSet row = glob.executeQuery()) {
      return row.getBoolean(1);
    }
  }

  private static void assertSame(String text, String pattern) throws SQLException {
    assertEquals(
        inSqlite(text, pattern),
        Glob.of(pattern).matches(text),
        () -> "<" + text + "> GLOB <" + pattern + ">");
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.append(any(TEXT, random));
    }
    return text.toString();
  }

  private static String any(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  /** A pattern for a text, most of whose characters are left or replaced by what may match them. */
  private static String pattern(Random random, String text) {
    StringBuilder pattern = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              String one = Character.toString(point);
              switch (random.nextInt(12)) {
                case 0 -> pattern.append('*');
                case 1 -> pattern.append('?');
                case 2 -> pattern.append(any(SETS, random));
                case 3 -> pattern.append('[').append(one).append(']');
                case 4 -> pattern.append("[^").append(any(TEXT, random)).append(']');
                case 5 ->
                    pattern
                        .append('[')
                        .append(any(TEXT, random))
                        .append('-')
                        .append(one)
                        .append(']');
                case 6 -> pattern.append('*').append(one);
                case 7 -> pattern.append(any(TEXT, random));
                default -> pattern.append(one);
              }
            });
    if (random.nextInt(4) == 0) {
      pattern.append(random.nextBoolean() ? "*" : any(SETS, random));
    }
    return pattern.toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 18, 1_970})
  void anyPatternMatchesWhatItMatchesInSqlite(long seed) throws SQLException {
    Random random = new Random(seed);
    int matches = 0;
    for (int i = 0; i < PAIRS / 2; i++) {
      String text = text(random);
      String pattern = pattern(random, text);
      assertSame(text, pattern);
      assertSame(text(random), pattern);
      matches += Glob.of(pattern).matches(text) ? 1 : 0;
    }
    assertTrue(matches > PAIRS / 20 && matches < PAIRS / 2 * 9 / 10, "matches: " + matches);
  }

  @Test
  void everySetMatchesWhatItMatchesInSqlite() throws SQLException {
    for (String set : SETS) {
      for (String text : TEXT) {
        assertSame(text, set);
        assertSame(text + "a", set + "*");
        assertSame("a" + text, "*" + set);
        assertSame(text + "]", set + "]");
      }
      assertSame("", set);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 42})
  void aPrefixMatchesWhatBeginsWithIt(long seed) throws SQLException {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String prefix = text(random);
      Glob glob = Glob.prefix(prefix);
      for (String text : List.of(prefix + text(random), text(random), prefix, "")) {
        assertEquals(text.startsWith(prefix), glob.matches(text), () -> text + " of " + glob);
        assertSame(text, glob.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tasks:*:page:?, tasks:agent:a7:page:4, true",
    "tasks:*:page:?, tasks:agent:a7:page:44, false",
    "tasks:*:page:?, tasks::page:4, true",
    "tasks:*:page:?, Tasks:a:page:4, false",
    "*, anything, true",
    "**, anything, true",
    "?, 😀, true",
    "??, 😀, false",
    "[😀-😂], 😁, true",
    "page:[0-9], page:7, true",
    "page:[^0-9], page:7, false",
    "page:[0-9, page:7, false",
    "page:[0-9, page:[0-9, false",
    "100%, 100%, true"
  })
  void thisIsWhatAPatternMatches(String pattern, String text, boolean matches) throws SQLException {
    assertEquals(matches, Glob.of(pattern).matches(text));
    assertSame(text, pattern);
  }

  @Test
  void manyStarsAreNoTrap() {
    String text = "a".repeat(5_000);
    assertFalse(Glob.of("*a".repeat(30) + "b").matches(text));
    assertTrue(Glob.of("*a".repeat(30)).matches(text));
  }
}
