package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.fuzz.FuzzInput;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Header fields, held against the grammars of their standards as patterns. */
public final class HeaderFuzz {
  private static final BigInteger LONGEST = BigInteger.valueOf(Integer.MAX_VALUE);
  private static final Pattern MAX_AGE = Pattern.compile("(?i)max-age=([0-9]+)");
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");
  private static final String ETAG = "(?:W/)?\"[\\x21\\x23-\\x7e]*\"";
  private static final Pattern ETAGS = Pattern.compile("(?:" + ETAG + " *, *)*+" + ETAG);
  private static final Pattern RANGE = Pattern.compile("(?i:bytes)=([0-9]*)-([0-9]*)");

  private HeaderFuzz() {}

  /** Directives of any form; of several times the shortest counts. */
  public static void cacheControl(byte[] input) {
    String text = FuzzInput.text(input);
    CacheControl control = CacheControl.parse(text);
    for (String name : List.of("max-age", "s-maxage", "stale-if-error", "min-fresh")) {
      assertTrue(control.seconds(name).orElse(0) >= 0);
      assertTrue(control.seconds(name).orElse(0) <= Integer.MAX_VALUE);
      assertEquals(control.has(name), control.seconds(name).isPresent());
    }
    assertTrue(control.maxStale() >= 0);
    assertTrue(control.fields("no-cache").stream().allMatch(HttpFields::isToken));
    assertFalse(control.isWhole("private") && !control.has("private"));
    List<String> members = CacheControl.members(text);
    assertEquals(members, CacheControl.members(String.join(" ,", members)));
    List<String> times =
        members.stream()
            .filter(member -> member.split("=", 2)[0].strip().equalsIgnoreCase("max-age"))
            .toList();
    if (!times.isEmpty() && times.stream().allMatch(time -> MAX_AGE.matcher(time).matches())) {
      BigInteger shortest =
          times.stream()
              .map(time -> new BigInteger(time.substring(time.indexOf('=') + 1)))
              .reduce(LONGEST, BigInteger::min);
      assertEquals(shortest.longValue(), control.seconds("max-age").orElseThrow());
    }
  }

  /** A targeted field is read if it is a dictionary, and not otherwise. */
  public static void targetedControl(byte[] input) {
    String text = FuzzInput.text(input);
    Optional<CacheControl> read = TargetedControl.parse(text);
    boolean valid = Dictionaries.isValid(text);
    assertFalse(read.isPresent() && !valid, () -> "read though it is none: " + text);
    boolean saysSomething = !text.isBlank() && !text.contains("?0");
    assertFalse(valid && saysSomething && read.isEmpty(), () -> "not read: " + text);
  }

  /** Own tag, then the tags of a client: unchanged if its own is among them. */
  public static void entityTags(byte[] input) {
    FuzzInput in = new FuzzInput(input);
    String own = in.line();
    String tags = in.line();
    HttpFields request = HttpFields.of("If-None-Match", tags, "If-Range", tags);
    HttpFields response = HttpFields.of("ETag", own, "Last-Modified", in.line());
    boolean unchanged = EntityTags.isUnchanged(request, response, false);
    boolean ranged = EntityTags.allowsRange(request, response, false);
    if (own.matches(ETAG) && ETAGS.matcher(tags).matches()) {
      Matcher each = Pattern.compile(ETAG).matcher(tags);
      boolean expected = false;
      while (each.find()) {
        expected |= each.group().replaceFirst("^W/", "").equals(own.replaceFirst("^W/", ""));
      }
      assertEquals(expected, unchanged, () -> own + " in " + tags);
      assertEquals(own.equals(tags) && !own.startsWith("W/"), ranged);
    }
  }

  /** Names of fields in one form, or that it depends on more than these. */
  public static void vary(byte[] input) {
    String text = FuzzInput.text(input);
    Optional<Vary> vary = Vary.parse(text);
    List<String> names =
        Arrays.stream(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    if (text.chars().allMatch(unit -> unit < 128)) {
      boolean expected = names.stream().allMatch(n -> TOKEN.matcher(n).matches() && !n.equals("*"));
      assertEquals(expected, vary.isPresent(), text);
    }
    if (vary.isPresent()) {
      List<String> read = vary.get().names();
      assertEquals(read.stream().sorted().distinct().toList(), read);
      assertEquals(
          names.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()),
          java.util.Set.copyOf(read));
      assertEquals(vary, Vary.parse(String.join(" , ", read)));
    }
    assertEquals(
        Vary.selecting(HttpFields.of("A", text, "a", "b"), "a"),
        Vary.selecting(HttpFields.of("a", text.strip() + " ,b"), "A"));
  }

  /** A range lies in the body, or cannot be had, or all is to be sent. */
  public static void byteRange(byte[] input) {
    FuzzInput in = new FuzzInput(input);
    long length = in.pair();
    String text = FuzzInput.text(in.rest());
    Optional<ByteRange> range = ByteRange.parse(text, length);
    range
        .filter(ByteRange::isSatisfiable)
        .ifPresent(
            one -> {
              assertTrue(one.from() >= 0 && one.to() < length);
              assertEquals(one.to() - one.from() + 1, one.count());
            });
    Matcher plain = RANGE.matcher(text);
    if (plain.matches() && plain.group(1).length() < 19 && plain.group(2).length() < 19) {
      boolean suffix = plain.group(1).isEmpty();
      long to = plain.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(plain.group(2));
      long from = suffix ? Math.max(0, length - to) : Long.parseLong(plain.group(1));
      boolean none = suffix ? plain.group(2).isEmpty() : to < from;
      assertEquals(none, range.isEmpty(), text);
      if (!none) {
        assertEquals(from < length && !(suffix && to == 0), range.get().isSatisfiable(), text);
        assertEquals(from, range.get().from(), text);
      }
    }
  }

  /** A name is a token, and no value ends its line. */
  public static void fields(byte[] input) {
    FuzzInput in = new FuzzInput(input);
    List<String> given = new ArrayList<>();
    while (in.hasMore()) {
      String name = in.line();
      String value = FuzzInput.text(in.take(in.next() & 31));
      if (!TOKEN.matcher(name).matches()) {
        assertThrows(IllegalArgumentException.class, () -> HttpFields.of(name, value));
        continue;
      }
      given.addAll(List.of(name, value));
    }
    HttpFields all = HttpFields.of(given.toArray(String[]::new));
    assertEquals(given.size() / 2, all.list().size());
    for (HttpFields.Field field : all.list()) {
      assertTrue(field.value().chars().allMatch(unit -> "\r\n\0".indexOf(unit) < 0));
      String name = field.name().toUpperCase(Locale.ROOT);
      assertTrue(all.has(name) && all.all(name).contains(field.value()));
      assertEquals(Optional.of(all.all(name).get(0)), all.first(name));
      assertEquals(Optional.of(String.join(", ", all.all(name))), all.joined(name));
      assertEquals(List.of("x"), all.with(name, "x").all(name));
      assertFalse(all.without(name).has(name));
    }
  }
}
