package dev.tiercel.query;

import dev.tiercel.cache.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the functions of a rule for the tags of a call. Whatever they do, they only cost the tags:
 * the first time that is reported. Thread-safe.
 */
final class CallTags {
  private final List<Tag> fixed;
  private final List<Function<@Nullable Object[], ? extends @Nullable Collection<String>>>
      ofArguments;
  private final List<Function<Object, ? extends @Nullable Collection<String>>> ofResult;
  private final Complaint complaint;

  @SuppressWarnings("unchecked") // The functions are for results of the method.
  CallTags(TagRule<?, ?> rule, Complaint complaint) {
    this.fixed = List.copyOf(rule.fixed());
    this.ofArguments = List.copyOf(rule.ofArguments());
    this.ofResult =
        (List<Function<Object, ? extends @Nullable Collection<String>>>)
            (List<?>) List.copyOf(rule.ofResult());
    this.complaint = complaint;
  }

  /** Whether some tags are known by the result alone. */
  boolean needResult() {
    return !ofResult.isEmpty();
  }

  /** Whether some tags are known before the call. */
  boolean needNoResult() {
    return !fixed.isEmpty() || !ofArguments.isEmpty();
  }

  /** The tags that are known before the call; null if a function failed. */
  @Nullable List<Tag> ofArguments(@Nullable Object[] arguments) {
    List<Tag> tags = new ArrayList<>(fixed);
    try {
      for (Function<@Nullable Object[], ? extends @Nullable Collection<String>> each :
          ofArguments) {
        add(each.apply(arguments), tags);
      }
      return tags;
    } catch (Throwable e) {
      complaint.report("a tag function failed", e);
      return null;
    }
  }

  /** The tags that the result tells; null if a function failed. */
  @Nullable List<Tag> ofResult(@Nullable Object result) {
    List<Tag> tags = new ArrayList<>();
    if (result == null) {
      return tags;
    }
    try {
      for (Function<Object, ? extends @Nullable Collection<String>> each : ofResult) {
        add(each.apply(result), tags);
      }
      return tags;
    } catch (Throwable e) {
      complaint.report("a tag function of the result failed", e);
      return null;
    }
  }

  private static void add(@Nullable Collection<String> texts, List<Tag> tags) {
    if (texts == null) {
      throw new IllegalArgumentException("it returned null; return the tags, or an empty list");
    }
    for (String text : texts) {
      if (text == null || text.isBlank()) {
        throw new IllegalArgumentException(
            "it returned "
                + (text == null ? "null" : "a blank text")
                + "; return what it concerns");
      }
      tags.add(Tag.of(text));
    }
  }
}
