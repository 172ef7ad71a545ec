package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.web.HttpFields.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Header fields: found whatever their case, and nothing in them ends a line. */
class HttpFieldsTest {
  private static final HttpFields FIELDS = HttpFields.of("A", "1", "b", "2", "a", "3");

  @Test
  void theFirstOfANameIsFoundWhateverItsCase() {
    assertEquals(Optional.of("1"), FIELDS.first("a"));
    assertEquals(Optional.of("2"), FIELDS.first("B"));
    assertEquals(Optional.empty(), FIELDS.first("c"));
    assertTrue(FIELDS.has("B"));
    assertFalse(FIELDS.has("c"));
  }

  @Test
  void fieldsAreAddedReplacedAndTaken() {
    assertEquals(HttpFields.of("A", "1", "b", "2", "a", "3", "b", "4"), FIELDS.and("b", "4"));
    assertEquals(HttpFields.of("A", "1", "a", "3", "b", "4"), FIELDS.with("b", "4"));
    assertEquals(HttpFields.of("b", "2"), FIELDS.without("A"));
    assertSame(FIELDS, FIELDS.without("c"));
    assertEquals(HttpFields.of("A", "1"), FIELDS.withoutAll(field -> !field.value().equals("1")));
    assertSame(HttpFields.none(), HttpFields.of(List.of()));
    assertSame(HttpFields.none(), HttpFields.of());
    assertEquals(List.of(new Field("b", "2")), HttpFields.of("b", "2").list());
  }

  @Test
  void theSameFieldsAreEqual() {
    HttpFields same = HttpFields.of("A", "1", "b", "2", "a", "3");
    assertEquals(FIELDS, same);
    assertEquals(FIELDS.hashCode(), same.hashCode());
    assertNotEquals(FIELDS, FIELDS.with("b", "3"));
    assertNotEquals(FIELDS.hashCode(), FIELDS.with("b", "3").hashCode());
    assertEquals("[A: 1, b: 2, a: 3]", FIELDS.toString());
  }

  @Test
  void everyCharacterOfANameIsOneOfATokens() {
    for (char unit = 0; unit < 0x180; unit++) {
      String text = Character.toString(unit);
      boolean isToken = text.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]");
      assertEquals(isToken, HttpFields.isToken(text), text);
      assertEquals(isToken, HttpFields.isToken("x" + text + "y"), text);
    }
    assertFalse(HttpFields.isToken(""));
  }

  private static void assertKept(String kept, String given) {
    assertEquals(kept, new Field("A", given).value());
  }

  @Test
  void whatWouldEndALineIsASpace() {
    assertKept("a b", "a\rb");
    assertKept("a b", "a\nb");
    assertKept("a b", "a\0b");
    assertKept("a  b", "\r\na\r\nb\r\n");
    assertKept(" a ", " a ");
    assertKept("\u000bé\u0085", "\u000bé\u0085");
  }

  private static void assertRefused(String name, String shown) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new Field(name, "x"));
    assertEquals(
        "the name of a header field must be letters, digits or one of !#$%&'*+-.^_`|~, but is '"
            + shown
            + "'",
        refusal.getMessage());
  }

  @Test
  void aNameThatIsNoneIsShownSoThatItCanBeRead() {
    assertRefused("", "");
    assertRefused("a b~", "a b~");
    assertRefused("a\r\n", "a\\u000d\\u000a");
    assertRefused("é\u007f", "\\u00e9\\u007f");
    assertRefused(" ".repeat(40), " ".repeat(40));
    assertRefused("x y" + "z".repeat(50), "x y" + "z".repeat(37));
    List<Field> fields = new ArrayList<>();
    HttpFields.addIfField(fields, "a b", "1");
    HttpFields.addIfField(fields, "ab", "2");
    assertEquals(List.of(new Field("ab", "2")), fields);
    assertEquals(
        "every name needs a value, but there are 3 texts",
        assertThrows(IllegalArgumentException.class, () -> HttpFields.of("a", "1", "b"))
            .getMessage());
  }

  @Test
  void someFieldsJoinThoseOfOthers() {
    for (String name : List.of("Vary", "set-cookie", "Link", "Server-Timing", "VIA")) {
      assertTrue(new Field(name, "x").adds(), name);
    }
    assertFalse(new Field("ETag", "x").adds());
  }
}
