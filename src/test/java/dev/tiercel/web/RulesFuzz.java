package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.fuzz.FuzzInput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What may be kept and under which key: what holds for whatever headers there are. */
public final class RulesFuzz {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> SHARED = List.of("public", "s-maxage", "must-revalidate");
  private static final CacheRules RULES =
      new CacheRules(
          Duration.ofSeconds(30),
          false,
          0.1,
          List.of("Tiercel-Cache-Control", "CDN-Cache-Control"),
          "Cache-Tag",
          false,
          false,
          Duration.ZERO,
          Duration.ofSeconds(5),
          InstantSource.fixed(NOW));

  private RulesFuzz() {}

  private static HttpFields headers(FuzzInput in) {
    List<HttpFields.Field> fields = new ArrayList<>();
    while (in.hasMore()) {
      String[] pair = in.line().split(":", 2);
      HttpFields.addIfField(fields, pair[0], pair.length > 1 ? pair[1].strip() : "");
    }
    return HttpFields.of(fields);
  }

  private static Optional<Terms> terms(
      int status, boolean isPersonal, HttpFields fields, boolean isTagged) {
    WebRequest request = new WebRequest("GET", "http", "h", "/", HttpFields.none(), "192.0.2.1");
    return RULES.terms(request, isPersonal, status, fields, NOW.minusSeconds(1), isTagged);
  }

  /** A status, and header fields, one a line. */
  public static void terms(byte[] input) {
    FuzzInput in = new FuzzInput(input);
    int status = 100 + in.next() * 2 + (in.next() & 1);
    boolean isTagged = (in.next() & 1) == 1;
    HttpFields fields = headers(in);
    Optional<Terms> terms = terms(status, false, fields, isTagged);
    Optional<Terms> personal = terms(status, true, fields, isTagged);
    terms.ifPresent(
        kept -> {
          assertTrue(status >= 200 && status < 600 && status != 206 && status != 304);
          assertFalse(fields.has("Set-Cookie"));
          assertTrue(kept.fresh() >= 0 && kept.age() >= 1 && kept.usable() >= 0);
          assertFalse(kept.isAlwaysValidated() && kept.fresh() > 0);
          assertFalse(kept.isNeverStale() && kept.usable() > kept.fresh());
        });
    String all = fields.toString().toLowerCase(Locale.ROOT);
    if (SHARED.stream().noneMatch(all::contains)) {
      assertTrue(personal.isEmpty(), all);
    }
    assertFalse(personal.isPresent() && terms.isEmpty());
    if (!all.contains("cdn-cache-control") && !all.contains("tiercel-cache-control")) {
      untargeted(status, fields, all, isTagged);
    }
  }

  private static void untargeted(int status, HttpFields fields, String all, boolean isTagged) {
    boolean isOpenQuote = all.contains("\"");
    if (!all.contains("must-understand") && !isOpenQuote) {
      assertTrue(terms(status, false, fields.and("Cache-Control", "no-store"), isTagged).isEmpty());
    }
    if (!isOpenQuote) {
      assertTrue(terms(status, false, fields.and("Cache-Control", "private"), isTagged).isEmpty());
      terms(status, false, fields.and("Cache-Control", "max-age=9"), isTagged)
          .ifPresent(kept -> assertTrue(kept.fresh() <= 9 || all.contains("s-maxage"), all));
    }
    assertTrue(terms(status, false, fields.and("Vary", "*"), isTagged).isEmpty());
    assertTrue(terms(status, false, fields.and("Set-Cookie", "a=b"), isTagged).isEmpty());
  }

  /** A target and a reference: any can be read, and the order of parameters does not matter. */
  public static void keys(byte[] input) {
    FuzzInput in = new FuzzInput(input);
    String path = in.line();
    String query = in.line();
    String reference = in.line();
    RequestKeys keys = new RequestKeys("web", List.of("Accept"), Set.of("utm"));
    WebRequest request =
        new WebRequest("PUT", "http", "h:8080", path + "?" + query, headers(in), "192.0.2.1");
    String own = keys.target(request);
    keys.sameOrigin(request, reference).ifPresent(key -> assertTrue(key.startsWith("web:")));
    assertTrue(keys.sameOrigin(request, "http://other" + reference).filter(own::equals).isEmpty());
    assertEquals(own, keys.target("http", "h:8080", request.path(), mixed(request.query())));
    String ignored = "utm=" + reference.replace('&', '+') + "&" + request.query();
    assertEquals(own, keys.target("http", "h:8080", request.path(), ignored));
    Vary vary = Vary.parse(reference).orElse(new Vary(List.of("a")));
    assertTrue(keys.variant(own, in.number(), vary, request.fields()).startsWith(own));
  }

  /* In another order, if no name is there twice. */
  private static String mixed(String query) {
    List<String> parts = Arrays.asList(query.split("&", -1));
    long names = parts.stream().map(part -> part.split("=", 2)[0]).distinct().count();
    if (names == parts.size()) {
      Collections.reverse(parts);
    }
    return String.join("&", parts);
  }
}
