package dev.tiercel.query;

import dev.tiercel.cache.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the tags of a call come from. */
abstract class TagRule<R extends @Nullable Object, S> {
  private final List<Tag> fixed = new ArrayList<>();
  private final List<Function<@Nullable Object[], ? extends @Nullable Collection<String>>>
      ofArguments = new ArrayList<>();
  private final List<Function<? super R, ? extends @Nullable Collection<String>>> ofResult =
      new ArrayList<>();

  TagRule() {}

  /**
   * Adds a tag that every call has.
   *
   * @param text its text
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public S tag(String text) {
    Objects.requireNonNull(text, "tag must not be null");
    if (text.isBlank()) {
      throw new IllegalArgumentException("a tag must not be blank; name what the result shows");
    }
    fixed.add(Tag.of(text));
    return self();
  }

  /**
   * Adds tags that the result tells.
   *
   * @param tags tells their texts, neither null nor blank; not asked for a null result, and given a
   *     completed stage where the method returns one
   * @return this
   */
  public S tagsOfResult(Function<? super R, ? extends Collection<String>> tags) {
    ofResult.add(Objects.requireNonNull(tags, "tags must not be null"));
    return self();
  }

  final S tagged(Function<@Nullable Object[], @Nullable String> tag) {
    return tagsOf(args -> Collections.singletonList(tag.apply(args)));
  }

  final S tagsOf(Function<@Nullable Object[], ? extends @Nullable Collection<String>> tags) {
    ofArguments.add(tags);
    return self();
  }

  abstract S self();

  final List<Tag> fixed() {
    return fixed;
  }

  final List<Function<@Nullable Object[], ? extends @Nullable Collection<String>>> ofArguments() {
    return ofArguments;
  }

  final List<Function<? super R, ? extends @Nullable Collection<String>>> ofResult() {
    return ofResult;
  }
}
