package dev.tiercel.web;

import dev.tiercel.web.HttpFields.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A response as it is kept: what its handler said, and on which terms. Immutable.
 *
 * @param status the status code
 * @param fields the fields of the handler, without those of the connection
 * @param body the body, a byte in each character
 * @param receivedAt when it came
 * @param terms how it may be used
 * @param isTagged whether a write can end it
 * @param isOwnTag whether its entity tag was computed here, so that its handler does not know it
 * @param isRecorded whether it depends on what its handler read, and not only on tags that it named
 */
record StoredResponse(
    int status,
    HttpFields fields,
    String body,
    Instant receivedAt,
    Terms terms,
    boolean isTagged,
    boolean isOwnTag,
    boolean isRecorded) {
  /* Texts in a list are measured exactly and encoded by any codec. */
  private static final String FORM = "1";
  private static final int HEAD = 11;

  /** How old it is, in seconds (RFC 9111 §4.2.3). */
  long age(Instant now) {
    // A clock that was set back makes nothing younger than it came.
    return terms.age() + Math.max(0, now.getEpochSecond() - receivedAt.getEpochSecond());
  }

  /** For how many seconds it is still fresh; negative once it no longer is. */
  long freshFor(Instant now) {
    return terms.fresh() - age(now);
  }

  boolean isFresh(Instant now) {
    return !terms.isAlwaysValidated() && freshFor(now) > 0;
  }

  /** Whether it may be used though it is this stale, for a reason with a bound in seconds. */
  boolean isUsable(Instant now, long bound) {
    return !terms.isNeverStale() && -freshFor(now) <= bound && bound > 0;
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether its handler can tell that it is still what it would answer. */
  boolean canBeValidated() {
    // What was read to answer that it is unchanged may be less than what was read to make it.
    return !isRecorded && !condition(HttpFields.none()).list().isEmpty();
  }

  /** What asks the handler whether it is still what it would answer. */
  HttpFields condition(HttpFields request) {
    Optional<String> tag = isOwnTag ? Optional.empty() : fields.first("ETag");
    Optional<String> changed = fields.first("Last-Modified");
    HttpFields asking = tag.map(value -> request.with("If-None-Match", value)).orElse(request);
    return changed
        .filter(value -> HttpDates.parse(value).isPresent())
        .map(value -> asking.with("If-Modified-Since", value))
        .orElse(asking);
  }

  List<String> toTexts() {
    List<String> texts = new ArrayList<>();
    texts.add(FORM);
    texts.add(Integer.toString(status));
    texts.add(Long.toString(receivedAt.toEpochMilli()));
    texts.add(Long.toString(terms.fresh()));
    texts.add(Long.toString(terms.age()));
    texts.add(Long.toString(terms.whileRevalidate()));
    texts.add(Long.toString(terms.ifError()));
    texts.add(
        flags(
            terms.isAlwaysValidated(),
            terms.isNeverStale(),
            terms.isShared(),
            terms.isConfigured(),
            isTagged,
            isOwnTag,
            isRecorded));
    texts.add(String.join(",", terms.unkept()));
    texts.add(Integer.toString(fields.list().size()));
    texts.add(body);
    for (Field field : fields.list()) {
      texts.add(field.name());
      texts.add(field.value());
    }
    return texts;
  }

  /** The response of these texts; empty if they are none, such as those of another version. */
  static Optional<StoredResponse> of(List<String> texts) {
    try {
      if (texts.size() < HEAD || !texts.get(0).equals(FORM)) {
        return Optional.empty();
      }
      if (texts.size() != HEAD + 2L * Integer.parseInt(texts.get(9))) {
        return Optional.empty();
      }
      List<Field> fields = new ArrayList<>();
      for (int i = HEAD; i < texts.size(); i += 2) {
        fields.add(new Field(texts.get(i), texts.get(i + 1)));
      }
      String flags = texts.get(7);
      Terms terms =
          new Terms(
              Long.parseLong(texts.get(3)),
              Long.parseLong(texts.get(4)),
              flags.charAt(0) == '1',
              flags.charAt(1) == '1',
              Long.parseLong(texts.get(5)),
              Long.parseLong(texts.get(6)),
              flags.charAt(2) == '1',
              flags.charAt(3) == '1',
              Arrays.stream(texts.get(8).split(",")).filter(name -> !name.isEmpty()).toList());
      return Optional.of(
          new StoredResponse(
              Integer.parseInt(texts.get(1)),
              HttpFields.of(fields),
              texts.get(10),
              Instant.ofEpochMilli(Long.parseLong(texts.get(2))),
              terms,
              flags.charAt(4) == '1',
              flags.charAt(5) == '1',
              flags.charAt(6) == '1'));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static String flags(boolean... flags) {
    StringBuilder text = new StringBuilder();
    for (boolean flag : flags) {
      text.append(flag ? '1' : '0');
    }
    return text.toString();
  }
}
