package dev.tiercel.cache;

import java.util.List;
import java.util.Objects;

/**
 * The name of something that a result depends on: {@code task:42}, {@code agent:agent-7}, {@code
 * tasks}. A write names the tags of what it changed, and every result that carries one of them is
 * void from then on.
 *
 * <p>A tag means exactly its text; no character in it is a wildcard. Immutable.
 */
public final class Tag implements Tags {
  private final String text;
  private final long hash;

  private Tag(String text) {
    this.text = text;
    this.hash = TagHash.of(TagHash.TAG, text);
  }

  /**
   * The tag with this text.
   *
   * @param text the text, not empty; what stands before its first colon is its kind
   * @return the tag
   * @throws IllegalArgumentException if the text is empty
   */
  public static Tag of(String text) {
    Objects.requireNonNull(text, "text must not be null");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a tag must not be empty; name what the result shows");
    }
    return new Tag(text);
  }

  /**
   * The tag of one thing of a kind, whose id may hold any character: what would make it look like
   * another tag or a pattern is escaped, as {@link CacheKey#join} does it.
   *
   * @param kind the kind, such as {@code task}
   * @param id the id, such as {@code 42}
   * @return the tag, such as {@code task:42}
   * @throws IllegalArgumentException if the kind is empty
   */
  public static Tag of(String kind, String id) {
    Objects.requireNonNull(kind, "kind must not be null");
    Objects.requireNonNull(id, "id must not be null");
    if (kind.isEmpty()) {
      throw new IllegalArgumentException("the kind of a tag must not be empty, its id is " + id);
    }
    return new Tag(CacheKey.join(kind, id));
  }

  @Override
  public List<Tag> list() {
    return List.of(this);
  }

  long hash() {
    return hash;
  }

  /** The hash of the whole kind, which every write to one of its tags raises too. */
  long kindHash() {
    int colon = text.indexOf(':');
    return TagHash.of(TagHash.KIND, colon < 0 ? text : text.substring(0, colon));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tag tag && tag.hash == hash && tag.text.equals(text);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }

  @Override
  public String toString() {
    return text;
  }
}
