package dev.tiercel.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decides whether a shared cache may keep a response, and for how long (RFC 9111 §3 and §4.2, RFC
 * 5861, RFC 9213). What it is in doubt about it does not keep. Immutable.
 *
 * @param ttl the freshness of what a handler says nothing of; zero for none
 * @param isOnlyTagged whether that holds only for what carries tags
 * @param heuristic the share of its age since its last change for which a response without
 *     freshness is fresh; 0 for none
 * @param targets the names of targeted fields, the most specific first
 * @param tagField the name of the field with tags
 * @param keepsCookies whether responses that set cookies are kept
 * @param ignoresCookies whether {@code ttl} holds for requests with cookies too
 * @param staleWhileRevalidate where the handler names none
 * @param staleIfError where the handler names none
 * @param clock the clock
 */
record CacheRules(
    Duration ttl,
    boolean isOnlyTagged,
    double heuristic,
    List<String> targets,
    String tagField,
    boolean keepsCookies,
    boolean ignoresCookies,
    Duration staleWhileRevalidate,
    Duration staleIfError,
    InstantSource clock) {
  private static final long LONGEST = Integer.MAX_VALUE;
  private static final Duration LONGEST_GUESS = Duration.ofDays(1);
  private static final String EVENTS = "text/event-stream";

  /** Those that may be kept by heuristics (RFC 9110 §15.1), but for 206. */
  private static final Set<Integer> HEURISTIC =
      Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

  private static final Set<Integer> BY_SETTING = Set.of(200, 203, 204, 301, 308);
  private static final Set<Integer> BY_SETTING_IF_TAGGED = Set.of(404, 410);

  private static final Set<Integer> UNDERSTOOD =
      Set.of(
          200, 203, 204, 300, 301, 302, 303, 307, 308, 400, 403, 404, 405, 410, 414, 500, 501, 502,
          503, 504);

  /** The directives that count here. */
  record Directives(CacheControl control, boolean isTargeted) {}

  Directives directives(HttpFields fields) {
    for (String target : targets) {
      Optional<CacheControl> targeted = fields.joined(target).flatMap(TargetedControl::parse);
      if (targeted.isPresent()) {
        return new Directives(targeted.get(), true);
      }
    }
    return new Directives(CacheControl.of(fields), false);
  }

  /**
   * The terms on which a response may be kept; empty if it may not.
   *
   * @param isPersonal whether it was asked for by somebody whom the server knows
   * @param asked when it was asked for
   * @param isTagged whether a write can end it
   */
  Optional<Terms> terms(
      WebRequest request,
      boolean isPersonal,
      int status,
      HttpFields fields,
      Instant asked,
      boolean isTagged) {
    Directives said = directives(fields);
    CacheControl control = said.control();
    if (!isStorable(isPersonal, status, fields, said)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    OptionalLong explicit = explicit(fields, said, now);
    OptionalLong fresh =
        explicit.isPresent() ? explicit : guessed(request, status, fields, control, now, isTagged);
    boolean isValidated = control.isWhole("no-cache");
    if (fresh.isEmpty() && !isValidated) {
      return Optional.empty();
    }
    boolean isNeverStale =
        isValidated
            || control.has("must-revalidate")
            || control.has("proxy-revalidate")
            || control.has("s-maxage");
    Terms terms =
        new Terms(
            isValidated ? 0 : fresh.orElse(0),
            age(fields, asked, now),
            isValidated,
            isNeverStale,
            isNeverStale ? 0 : seconds(control, "stale-while-revalidate", staleWhileRevalidate),
            isNeverStale ? 0 : seconds(control, "stale-if-error", staleIfError),
            control.has("public") || control.has("s-maxage") || control.has("must-revalidate"),
            explicit.isEmpty() && !isValidated,
            unkept(control));
    boolean isOfUse = terms.usable() > terms.age() || hasValidator(fields);
    return isOfUse ? Optional.of(terms) : Optional.empty();
  }

  private boolean isStorable(boolean isPersonal, int status, HttpFields fields, Directives said) {
    CacheControl control = said.control();
    boolean mustUnderstand = control.has("must-understand");
    if (status < 200 || status == 206 || status == 304 || status > 599) {
      return false;
    }
    if (mustUnderstand && !UNDERSTOOD.contains(status)) {
      return false;
    }
    if ((control.has("no-store") && !mustUnderstand) || control.isWhole("private")) {
      return false;
    }
    if (isPersonal
        && !control.has("public")
        && !control.has("s-maxage")
        && !control.has("must-revalidate")) {
      return false;
    }
    if (!keepsCookies && (fields.has("Set-Cookie") || fields.has("Set-Cookie2"))) {
      return false;
    }
    String type = fields.first("Content-Type").orElse("");
    if (type.regionMatches(true, 0, EVENTS, 0, EVENTS.length())) {
      return false; // Whoever listens must not wait for its end.
    }
    return Vary.of(fields).isPresent();
  }

  static boolean hasValidator(HttpFields fields) {
    return fields.has("ETag") || HttpDates.of(fields, "Last-Modified").isPresent();
  }

  /** What the handler says itself. */
  private static OptionalLong explicit(HttpFields fields, Directives said, Instant now) {
    OptionalLong seconds = said.control().seconds("s-maxage", "max-age");
    if (seconds.isPresent() || said.isTargeted() || !fields.has("Expires")) {
      return seconds;
    }
    Instant date = HttpDates.of(fields, "Date").orElse(now);
    return OptionalLong.of(
        HttpDates.of(fields, "Expires")
            .map(expires -> Math.max(0, Duration.between(date, expires).toSeconds()))
            .orElse(0L));
  }

  /** What is set here, for want of anything better. */
  private OptionalLong guessed(
      WebRequest request,
      int status,
      HttpFields fields,
      CacheControl control,
      Instant now,
      boolean isTagged) {
    if (!ignoresCookies && request.fields().has("Cookie")) {
      return OptionalLong.empty();
    }
    boolean isByTtl =
        BY_SETTING.contains(status) || (isTagged && BY_SETTING_IF_TAGGED.contains(status));
    if (!ttl.isZero() && isByTtl && (isTagged || !isOnlyTagged)) {
      // Of at least a second: the whole protocol counts in these.
      return OptionalLong.of(Math.max(1, ttl.toSeconds()));
    }
    Optional<Instant> changed = HttpDates.of(fields, "Last-Modified");
    boolean isByGuess = HEURISTIC.contains(status) || control.has("public");
    if (heuristic == 0 || changed.isEmpty() || !isByGuess) {
      return OptionalLong.empty();
    }
    Instant date = HttpDates.of(fields, "Date").orElse(now);
    long since = Math.max(0, Duration.between(changed.get(), date).toSeconds());
    return OptionalLong.of(
        (long) Math.min((double) LONGEST_GUESS.toSeconds(), (double) since * heuristic));
  }

  /**
   * How old the response is as it comes (RFC 9111 §4.2.3). An age that is not one number makes it
   * older than anything lives.
   */
  private static long age(HttpFields fields, Instant asked, Instant now) {
    long delay = Math.max(0, Duration.between(asked, now).toSeconds());
    long apparent =
        HttpDates.of(fields, "Date")
            .map(date -> Math.max(0, Duration.between(date, now).toSeconds()))
            .orElse(0L);
    List<String> ages = fields.all("Age");
    if (ages.isEmpty()) {
      return Math.max(apparent, delay);
    }
    String age = ages.get(0).strip();
    boolean isNumber =
        ages.size() == 1 && !age.isEmpty() && age.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isNumber || age.length() > 10) {
      return LONGEST;
    }
    return Math.max(apparent, Long.parseLong(age) + delay);
  }

  private static long seconds(CacheControl control, String name, Duration otherwise) {
    return control.seconds(name).orElse(otherwise.toSeconds());
  }

  private static List<String> unkept(CacheControl control) {
    List<String> names = new ArrayList<>(control.fields("no-cache"));
    names.addAll(control.fields("private"));
    return List.copyOf(names);
  }
}
