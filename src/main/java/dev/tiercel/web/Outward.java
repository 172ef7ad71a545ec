package dev.tiercel.web;

import dev.tiercel.cache.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What leaves the house of what a handler says. Tags stay inside; and since a write here ends no
 * copy out there, what carries tags goes out to be validated at each use. Immutable.
 */
final class Outward {
  private static final String OWN = "tiercel-";

  private static final Set<String> OF_CONNECTION =
      caseless(
          "Connection",
          "Content-Length",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Authentication-Info",
          "Proxy-Authorization",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade");

  /** Says nothing to somebody who has the body already (RFC 9110 §15.4.5). */
  private static final Set<String> OF_BODY =
      caseless(
          "Content-Encoding",
          "Content-Language",
          "Content-Length",
          "Content-MD5",
          "Content-Range",
          "Content-Type");

  /** What a 304 does not change of a response that is kept (RFC 9111 §3.2). */
  private static final Set<String> UNCHANGED =
      caseless("Content-Encoding", "Content-Length", "Content-MD5", "Content-Range", "ETag");

  private final CacheRules rules;

  Outward(CacheRules rules) {
    this.rules = rules;
  }

  private static Set<String> caseless(String... names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(Arrays.asList(names));
    return set;
  }

  boolean isTagged(HttpFields fields) {
    return fields.has(rules.tagField());
  }

  /** The tags that a handler names. */
  List<Tag> tags(HttpFields fields) {
    return Arrays.stream(fields.joined(rules.tagField()).orElse("").split("[,\\s]+"))
        .filter(text -> !text.isEmpty())
        .distinct()
        .map(Tag::of)
        .toList();
  }

  /** What a client gets to see. */
  HttpFields toClient(HttpFields fields, boolean isTagged) {
    HttpFields visible =
        fields.withoutAll(
            field ->
                field.is(rules.tagField())
                    || field.name().toLowerCase(Locale.ROOT).startsWith(OWN)
                    || (isTagged && (isTarget(field.name()) || field.is("Expires"))));
    if (!isTagged) {
      return visible;
    }
    CacheControl said = CacheControl.of(fields);
    String scope = said.has("private") ? "private, " : "";
    return said.has("no-store") ? visible : visible.with("Cache-Control", scope + "no-cache");
  }

  private boolean isTarget(String name) {
    return rules.targets().stream().anyMatch(name::equalsIgnoreCase);
  }

  /** What is kept of a response (RFC 9111 §3.1). */
  static HttpFields kept(HttpFields fields, List<String> unkept) {
    Set<String> gone = caseless(unkept.toArray(String[]::new));
    for (String value : fields.all("Connection")) {
      Arrays.stream(value.split(",")).map(String::strip).forEach(gone::add);
    }
    return fields.withoutAll(
        field -> OF_CONNECTION.contains(field.name()) || gone.contains(field.name()));
  }

  /** What is kept, as a 304 has it (RFC 9111 §4.3.4). */
  static HttpFields updated(HttpFields kept, HttpFields news) {
    HttpFields changes =
        Outward.kept(news, List.of()).withoutAll(field -> UNCHANGED.contains(field.name()));
    HttpFields all = kept.without("Age").without("Date");
    for (HttpFields.Field change : changes.list()) {
      all = all.without(change.name());
    }
    List<HttpFields.Field> both = new ArrayList<>(all.list());
    both.addAll(changes.list());
    return HttpFields.of(both);
  }

  static HttpFields ofNotModified(HttpFields fields) {
    return fields.withoutAll(field -> OF_BODY.contains(field.name()));
  }
}
