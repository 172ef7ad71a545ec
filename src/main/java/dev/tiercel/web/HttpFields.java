package dev.tiercel.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The header fields of a message: names without regard to case, a name any number of times, in the
 * order in which they came. Nothing in them can end a line. Immutable.
 */
public final class HttpFields {
  private static final HttpFields NONE = new HttpFields(List.of());

  private final List<Field> list;

  private HttpFields(List<Field> list) {
    this.list = list;
  }

  /**
   * One line of a header.
   *
   * @param name the name
   * @param value the value; a line break or NUL in it becomes a space, as RFC 9110 §5.5 has it
   */
  public record Field(String name, String value) {
    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is not a token (RFC 9110 §5.6.2)
     */
    public Field {
      if (!isToken(name)) {
        throw new IllegalArgumentException(
            "the name of a header field must be letters, digits or one of !#$%&'*+-.^_`|~, but is "
                + printable(name));
      }
      value = clean(value);
    }

    boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }

    @Override
    public String toString() {
      return name + ": " + value;
    }
  }

  /**
   * No fields.
   *
   * @return the fields
   */
  public static HttpFields none() {
    return NONE;
  }

  /**
   * Some fields.
   *
   * @param fields the fields, in order
   * @return the fields together
   */
  public static HttpFields of(Collection<Field> fields) {
    return fields.isEmpty() ? NONE : new HttpFields(List.copyOf(fields));
  }

  /**
   * Some fields, one after the other.
   *
   * @param namesAndValues a name, its value, the next name, and so on
   * @return the fields
   * @throws IllegalArgumentException if a name has no value, or is not a token
   */
  public static HttpFields of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "every name needs a value, but there are " + namesAndValues.length + " texts");
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return of(fields);
  }

  /** Adds what a server or a handler gives, and leaves out what cannot be a field. */
  static void addIfField(Collection<Field> fields, String name, String value) {
    if (isToken(name)) {
      fields.add(new Field(name, value));
    }
  }

  /**
   * The first value of a name.
   *
   * @param name the name
   * @return the value, or empty if there is none
   */
  public Optional<String> first(String name) {
    for (Field field : list) {
      if (field.is(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /**
   * All values of a name.
   *
   * @param name the name
   * @return the values in order, immutable; empty if there are none
   */
  public List<String> all(String name) {
    return list.stream().filter(field -> field.is(name)).map(Field::value).toList();
  }

  /**
   * All values of a name as one (RFC 9110 §5.3).
   *
   * @param name the name
   * @return the values, with commas between them; empty if there are none
   */
  public Optional<String> joined(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /**
   * Whether there is such a field.
   *
   * @param name the name
   * @return whether there is
   */
  public boolean has(String name) {
    for (Field field : list) {
      if (field.is(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * With one value of a name in place of all that there were.
   *
   * @param name the name
   * @param value the value
   * @return the fields
   * @throws IllegalArgumentException if the name is not a token
   */
  public HttpFields with(String name, String value) {
    return without(name).and(name, value);
  }

  /**
   * With one value of a name more.
   *
   * @param name the name
   * @param value the value
   * @return the fields
   * @throws IllegalArgumentException if the name is not a token
   */
  public HttpFields and(String name, String value) {
    List<Field> fields = new ArrayList<>(list);
    fields.add(new Field(name, value));
    return of(fields);
  }

  /**
   * Without a name.
   *
   * @param name the name
   * @return the fields
   */
  public HttpFields without(String name) {
    return has(name) ? withoutAll(field -> field.is(name)) : this;
  }

  /** Without those that a test picks. */
  HttpFields withoutAll(Predicate<Field> goes) {
    return of(list.stream().filter(goes.negate()).toList());
  }

  /**
   * The fields one by one.
   *
   * @return the fields, immutable
   */
  public List<Field> list() {
    return list;
  }

  private static String clean(String value) {
    Objects.requireNonNull(value, "value must not be null");
    for (int i = 0; i < value.length(); i++) {
      if (isBreak(value.charAt(i))) {
        return value.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ').strip();
      }
    }
    return value;
  }

  private static boolean isBreak(char unit) {
    return unit == '\r' || unit == '\n' || unit == 0;
  }

  /** Whether a text is a token (RFC 9110 §5.6.2). */
  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenPart(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  static boolean isTokenPart(char unit) {
    return (unit >= 'a' && unit <= 'z')
        || (unit >= 'A' && unit <= 'Z')
        || (unit >= '0' && unit <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(unit) >= 0;
  }

  private static String printable(String text) {
    return '\''
        + text.codePoints()
            .limit(40)
            .mapToObj(
                point ->
                    point >= ' ' && point < 127
                        ? Character.toString(point)
                        : String.format(Locale.ROOT, "\\u%04x", point))
            .reduce("", String::concat)
        + '\'';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HttpFields fields && fields.list.equals(list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  @Override
  public String toString() {
    return list.toString();
  }
}
